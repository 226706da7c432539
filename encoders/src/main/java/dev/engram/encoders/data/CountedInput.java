package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads exact numbers of bytes, plain or gzipped, and says at which (uncompressed) byte a file ends too early. */
final class CountedInput {
    private static final int CHUNK = 1 << 16;

    private final InputStream stream;
    private final String file;
    private long position;

    private CountedInput(InputStream stream, String file) {
        this.stream = stream;
        this.file = file;
    }

    /** Recognizes gzip by its first two bytes. */
    static CountedInput of(InputStream stream, String file) throws IOException {
        InputStream buffered = new BufferedInputStream(stream, CHUNK);
        buffered.mark(2);
        int first = buffered.read();
        int second = buffered.read();
        buffered.reset();
        if (first != 0x1f || second != 0x8b) {
            return new CountedInput(buffered, file);
        }
        try {
            return new CountedInput(new GZIPInputStream(buffered, CHUNK), file);
        } catch (EOFException | ZipException e) {
            throw new CorruptFileException(file, 0, "not a whole gzip header", e);
        }
    }

    /** What the stream has is taken as it is. */
    static CountedInput plain(InputStream stream, String file) {
        return new CountedInput(new BufferedInputStream(stream, CHUNK), file);
    }

    long position() {
        return position;
    }

    /** Exactly {@code count} bytes; {@code what} says in the error what was being read. */
    byte[] read(int count, String what) throws IOException {
        byte[] bytes = readUpTo(count);
        if (bytes.length < count) {
            throw new CorruptFileException(
                    file, position, "cut short in %s: %d bytes are missing".formatted(what, count - bytes.length));
        }
        return bytes;
    }

    /** Fewer than {@code count} bytes only at the end of the file. Grows as it reads: a false length costs no memory. */
    byte[] readUpTo(int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, CHUNK)];
        int length = 0;
        while (length < count) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(count, bytes.length * 2L));
            }
            int read = next(bytes, length);
            if (read < 0) {
                break;
            }
            length += read;
            position += read;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    CorruptFileException corrupt(long offset, String reason) {
        return new CorruptFileException(file, offset, reason);
    }

    void expectEnd() throws IOException {
        if (next(new byte[1], 0) >= 0) {
            throw new CorruptFileException(file, position, "more bytes than its header says");
        }
    }

    private int next(byte[] bytes, int from) throws IOException {
        try {
            return stream.read(bytes, from, bytes.length - from);
        } catch (EOFException e) {
            throw new CorruptFileException(file, position, "the gzip stream is cut short", e);
        } catch (ZipException e) {
            throw new CorruptFileException(file, position, "the gzip stream is damaged: " + e.getMessage(), e);
        }
    }
}
