package dev.engram.attack.run;

import dev.engram.encoders.data.ComposedSet;
import dev.engram.encoders.data.FashionMnist;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The files of a data set, a split and an untrained pair, as runs would have made them. */
public final class AttackedPair {
    private AttackedPair() {}

    /** Composes 300 images; 60 candidates, 60 independents, 100 public images. */
    public static void write(Path root) throws IOException {
        AttackFixture.in(
                root, ComposedSet.standard(6).compose(FashionMnist.test().select(IntStream.range(0, 300).toArray())), 100);
        SmallEncoders.untrained(files(root, AttackFixture.PAIR.candidate()), 1);
        SmallEncoders.untrained(files(root, AttackFixture.PAIR.reference()), 2);
    }

    /** Where the files of a resource are. */
    public static Path files(Path root, String resource) {
        return ScratchRun.input(root, resource);
    }
}
