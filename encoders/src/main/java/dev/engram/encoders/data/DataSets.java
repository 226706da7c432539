package dev.engram.encoders.data;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The data sets that come with Engram and need no files, by name. */
public final class DataSets {
    private static final Map<String, Supplier<ImageSet>> BUNDLED = Map.of("fashion-mnist-test", FashionMnist::test);

    private DataSets() {}

    /** The names {@link #bundled} knows. */
    public static Set<String> names() {
        return BUNDLED.keySet();
    }

    /**
     * @param name one of {@link #names}
     * @throws UnknownDataSetException naming the known ones
     */
    public static ImageSet bundled(String name) {
        Supplier<ImageSet> maker = BUNDLED.get(name);
        if (maker == null) {
            throw new UnknownDataSetException(name, names());
        }
        return maker.get();
    }
}
