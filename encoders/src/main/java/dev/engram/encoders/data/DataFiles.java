package dev.engram.encoders.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The files below a place: a folder, or the objects below a prefix; a single file is a place with one file. Names are relative to the
 * place, their parts separated by {@code /}.
 */
public interface DataFiles {
    /**
     * A file and its size.
     *
     * @param name relative, e.g. {@code cat/1.jpg}
     * @param size bytes
     */
    record Entry(String name, long size) {
        /** The name without its folders. */
        public String fileName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }

        /** The folders, or nothing. */
        public String folder() {
            return name.substring(0, Math.max(0, name.lastIndexOf('/')));
        }
    }

    /** What people call the place. */
    String place();

    /** All files, in the order of their folders and then of their names, without hidden ones (a part that begins with a dot). */
    List<Entry> list() throws IOException;

    /**
     * Opens a file for reading from its start; the caller closes the stream.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    InputStream open(String name) throws IOException;
}
