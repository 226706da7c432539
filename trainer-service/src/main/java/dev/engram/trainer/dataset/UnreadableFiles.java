package dev.engram.trainer.dataset;

import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.UnreadableImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The images that could not be read, as CSV ({@code file,reason}) and, the first of them, in the run's log. */
final class UnreadableFiles implements AutoCloseable {
    static final String FILE_NAME = "unreadable.csv";

    private static final int NAMED = 20;

    private final RunContext run;
    private final boolean fail;
    private final Path file;
    private final BufferedWriter csv;
    private final List<UnreadableImage> first = new ArrayList<>();
    private long count;

    UnreadableFiles(RunContext run, RegisterDatasetSpec.Unreadable policy) throws IOException {
        this.run = run;
        this.fail = policy == RegisterDatasetSpec.Unreadable.FAIL;
        this.file = run.scratch().resolve(FILE_NAME);
        this.csv = Files.newBufferedWriter(file);
        csv.write("file,reason\n");
    }

    /** @throws RunFailure if the spec wants it so */
    void add(String name, String reason) throws IOException {
        String shown = printable(name);
        if (fail) {
            throw RunFailure.invalidSpec("unreadable: %s %s".formatted(shown, printable(reason)));
        }
        count++;
        csv.write(quoted(shown) + "," + quoted(printable(reason)) + "\n");
        if (first.size() < NAMED) {
            first.add(UnreadableImage.newBuilder().setFile(shown).setReason(printable(reason)).build());
            run.log(LogEntry.Severity.WARNING, "left out: %s %s".formatted(shown, printable(reason)));
        }
    }

    long count() {
        return count;
    }

    /** The first {@value #NAMED}. */
    List<UnreadableImage> first() {
        return List.copyOf(first);
    }

    /** The file, complete. */
    Path finish() throws IOException {
        csv.close();
        if (count > 0) {
            run.log(LogEntry.Severity.WARNING, "%d images could not be read and were left out; all are in %s".formatted(count, FILE_NAME));
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String quoted(String text) {
        return text.matches("[^\",]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
