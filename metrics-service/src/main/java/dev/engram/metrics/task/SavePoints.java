package dev.engram.metrics.task;

import dev.engram.runs.ResumePoint;
import dev.engram.runs.RunContext;
import dev.engram.v1.LogEntry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Saves a measurement's state after the first block, so that a store that takes nothing is found out early, then every few
 * seconds, less often if saving takes long (at most a fiftieth of the time), and at once when the run is asked to stop. When it is
 * saved changes no result, as images are measured in the same blocks either way.
 */
final class SavePoints {
    /** A state in a file. */
    static final String FILE_NAME = "state.bin";
    /** Begins each file. Older ones have another beginning: they are of images in another order. */
    private static final int FORMAT = 0x454E4702;

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);
    private static final int SHARE = 50;

    private final RunContext run;
    private final LongSupplier nanoTime;
    private long lastNanos;
    private long lastStep;
    private long interval = SHORTEST_INTERVAL.toNanos();

    /** A file of another version, which says so itself. */
    static final class OtherFormatException extends IOException {
        private static final long serialVersionUID = 1L;

        OtherFormatException(String message) {
            super(message);
        }
    }

    /** What is saved. */
    interface State {
        void write(DataOutputStream out) throws IOException;

        void read(DataInputStream in) throws IOException;
    }

    SavePoints(RunContext run, LongSupplier nanoTime) {
        this.run = run;
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    /** Images already measured by an earlier attempt, whose state is now in {@code state}; 0 at a first start. */
    int resume(State state) {
        Optional<ResumePoint> point = run.resumePoint();
        if (point.isEmpty()) {
            return 0;
        }
        try {
            read(point.get().directory().resolve(FILE_NAME), state);
        } catch (OtherFormatException e) {
            throw point.get().ofOtherVersion(e);
        } catch (IOException e) {
            throw point.get().unreadable(e);
        }
        lastStep = point.get().step();
        run.log(LogEntry.Severity.INFO, "taken up again after %d images".formatted(lastStep));
        return Math.toIntExact(lastStep);
    }

    /** To be called after each block: saves if it is time or the run shall stop, and ends the run here if it shall. */
    void after(int images, State state) throws IOException {
        boolean due = lastStep == 0 || nanoTime.getAsLong() - lastNanos >= interval;
        if ((due || run.stopRequested()) && images > lastStep) {
            save(images, state);
        }
        run.checkStop();
    }

    private void save(int images, State state) throws IOException {
        long begun = nanoTime.getAsLong();
        Path file = write(run.scratch().resolve(FILE_NAME), state);
        run.saveResumePoint(images, Map.of(FILE_NAME, file));
        lastStep = images;
        lastNanos = nanoTime.getAsLong();
        interval = Math.max(SHORTEST_INTERVAL.toNanos(), SHARE * (lastNanos - begun));
    }

    /** Writes a state into a file, which is returned. */
    static Path write(Path file, State state) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(FORMAT);
            state.write(out);
        }
        return file;
    }

    /** Replaces a state by what a file holds. */
    static void read(Path file, State state) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != FORMAT) {
                throw new OtherFormatException(file.getFileName() + " was written by another version, which measured images in another order");
            }
            state.read(in);
        }
    }
}
