package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Whole files of a bounded size. */
final class FileContents {
    /** The most bytes of a picture's file. */
    static final int LARGEST_PICTURE = 64 << 20;
    /** The most bytes of a table or a list. */
    static final int LARGEST_TEXT = 256 << 20;

    private FileContents() {}

    /** @throws CorruptFileException if there are more bytes than {@code most} */
    static byte[] read(DataFiles files, String name, int most) throws IOException {
        try (InputStream stream = files.open(name)) {
            byte[] bytes = stream.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new CorruptFileException(name, most, "has more than %d bytes".formatted(most));
            }
            return bytes;
        }
    }

    static String text(DataFiles files, String name) throws IOException {
        return new String(read(files, name, LARGEST_TEXT), StandardCharsets.UTF_8);
    }
}
