package dev.engram.encoders.data;

import java.io.IOException;

/** A file that is not what its format promises: cut short, changed, or another format. Names the file and the byte. */
public final class CorruptFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    /**
     * @param file the file's name as the user knows it
     * @param offset the first byte that is missing or wrong; for a compressed file, counted in its uncompressed bytes
     * @param reason what is wrong there
     */
    public CorruptFileException(String file, long offset, String reason) {
        super(file + ": byte " + offset + ": " + reason);
        this.file = file;
        this.offset = offset;
    }

    public CorruptFileException(String file, long offset, String reason, Throwable cause) {
        this(file, offset, reason);
        initCause(cause);
    }

    public String file() {
        return file;
    }

    public long offset() {
        return offset;
    }
}
