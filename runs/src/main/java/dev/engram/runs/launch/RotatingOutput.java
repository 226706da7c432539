package dev.engram.runs.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Copies a worker's output to {@code worker.log}, keeping at most two files of a given size, and remembers its last lines. Goes on
 * reading when the file cannot be written: a full disk must not block the worker.
 */
final class RotatingOutput implements Runnable {
    private static final int REMEMBERED = 20;
    private static final int LONGEST_LINE = 4_000;

    private final InputStream source;
    private final Path file;
    private final long maxChars;
    private final Deque<String> tail = new ArrayDeque<>();

    /** @param maxChars characters after which a new file is begun */
    RotatingOutput(InputStream source, Path file, long maxChars) {
        this.source = source;
        this.file = file;
        this.maxChars = maxChars;
    }

    /** The last lines, oldest first. */
    List<String> tail() {
        synchronized (tail) {
            return List.copyOf(tail);
        }
    }

    /** Reads until the worker closes its output, which is at its end. */
    @Override
    public void run() {
        Writer writer = open();
        long written = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String kept = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + " …" : line;
                remember(kept);
                writer = write(writer, kept);
                written += kept.length() + 1;
                if (written > maxChars) {
                    close(writer);
                    writer = rotate();
                    written = 0;
                }
            }
        } catch (IOException e) {
            remember("output could not be read further: " + e.getMessage());
        } finally {
            close(writer);
        }
    }

    private void remember(String line) {
        synchronized (tail) {
            if (tail.size() == REMEMBERED) {
                tail.removeFirst();
            }
            tail.addLast(line);
        }
    }

    private Writer write(Writer writer, String line) {
        try {
            writer.write(line);
            writer.write('\n');
            writer.flush();
            return writer;
        } catch (IOException e) {
            close(writer);
            return Writer.nullWriter();
        }
    }

    private Writer open() {
        try {
            return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            return Writer.nullWriter();
        }
    }

    private Writer rotate() {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            return Writer.nullWriter();
        }
        return open();
    }

    private static void close(Writer writer) {
        try {
            writer.close();
        } catch (IOException e) {
            // What could not be written is in the remembered lines.
        }
    }
}
