package dev.engram.attack.laptop;

import dev.engram.attack.run.AttackedPair;
import dev.engram.runs.ResolvedPair;
import dev.engram.testing.Laptop;
import dev.engram.testing.PastRuns;
import java.io.IOException;
import java.nio.file.Path;

/** Two pairs on a laptop: one that can be attacked, one that cannot. */
final class AttackedLaptop {
    static final ResolvedPair PAIR = new ResolvedPair("pairs/p", "encoders/p-f", "encoders/p-g", "splits/s", "datasets/d");
    /** A pair whose split has no public set; it will never be trained. */
    static final ResolvedPair WITHOUT_PUBLIC_SET =
            new ResolvedPair("pairs/q", "encoders/q-f", "encoders/q-g", "splits/t", "datasets/d");

    private AttackedLaptop() {}

    static void prepare(Laptop laptop) throws IOException {
        Path made = laptop.backend().home().resolve("made");
        AttackedPair.write(made);
        PastRuns past = new PastRuns(laptop.store());
        past.pair(PAIR, 100, resource -> AttackedPair.files(made, resource));
        past.queuedPair(WITHOUT_PUBLIC_SET, 0);
    }
}
