package dev.engram.encoders.checkpoint;

/** A file is not what it should be: cut short, changed, or never valid. Names the file and, where it is known, the byte. */
public final class CorruptFileException extends RuntimeException {
    private final String file;

    /** At a byte of the file, counted from 0. */
    public CorruptFileException(String file, long position, String problem) {
        this(file, "byte %d: %s".formatted(position, problem));
    }

    public CorruptFileException(String file, String problem) {
        super(file + ": " + problem);
        this.file = file;
    }

    /** The file or object. */
    public String file() {
        return file;
    }
}
