package dev.engram.encoders.file;

/** A file that is not what its format promises: cut short, changed, or never valid. Names the file and, where it is known, the byte. */
public final class CorruptFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final long UNKNOWN = -1;

    private final String file;
    private final long offset;

    /**
     * @param file the file's name as the user knows it
     * @param offset the first byte that is missing or wrong, counted from 0; for a compressed file, counted in its uncompressed bytes
     * @param problem what is wrong there
     */
    public CorruptFileException(String file, long offset, String problem) {
        this(file, offset, problem, null);
    }

    public CorruptFileException(String file, long offset, String problem, Throwable cause) {
        super(file + ": byte " + offset + ": " + problem, cause);
        this.file = file;
        this.offset = offset;
    }

    /** Where no single byte is to blame. */
    public CorruptFileException(String file, String problem) {
        super(file + ": " + problem);
        this.file = file;
        this.offset = UNKNOWN;
    }

    /** The file or object. */
    public String file() {
        return file;
    }

    /** The byte, counted from 0; −1 where none is known. */
    public long offset() {
        return offset;
    }
}
