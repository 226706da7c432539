package dev.engram.encoders.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The data sets that come with Engram and need no files, by name. */
public final class DataSets {
    private static final long COMPOSED_SEED = 2024;

    private static final Map<String, Supplier<ImageSet>> BUNDLED = new LinkedHashMap<>();

    static {
        BUNDLED.put("fashion-mnist", FashionMnist::test);
        BUNDLED.put("composed-fashion-mnist", () -> ComposedSet.standard(COMPOSED_SEED).compose(FashionMnist.test()));
    }

    private DataSets() {}

    /** The names {@link #bundled} knows. */
    public static Set<String> names() {
        return java.util.Collections.unmodifiableSet(BUNDLED.keySet());
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
