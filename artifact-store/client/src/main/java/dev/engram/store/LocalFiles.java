package dev.engram.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** What a failing local disk means to a caller of the store. */
public final class LocalFiles {

    private LocalFiles() {}

    /** {@link StoreFullException} when the disk has no space or quota left, {@link StoreRefusedException} naming the file otherwise. */
    public static StoreException failure(Path file, IOException cause) {
        var reason = cause instanceof FileSystemException e && e.getReason() != null ? e.getReason() : String.valueOf(cause.getMessage());
        if (isFull(reason)) {
            return new StoreFullException("no space left on the disk of " + file.toAbsolutePath(), cause);
        }
        return new StoreRefusedException("cannot use " + file.toAbsolutePath() + ": " + cause.getClass().getSimpleName() + " " + reason, cause);
    }

    /** Whether an operating system's or a store's message says that space ran out. */
    public static boolean isFull(String message) {
        var text = message.toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded") || text.contains("disk full");
    }
}
