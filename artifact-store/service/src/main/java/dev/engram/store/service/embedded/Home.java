package dev.engram.store.service.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder {@code engram.home}, held by one process at a time. */
public final class Home implements AutoCloseable {

    private final Path directory;
    private final FileChannel channel;

    private Home(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the folder, making it if need be.
     *
     * @throws IOException if it cannot be made or written, or another process holds it; the message says which
     */
    public static Home take(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (IOException notMade) {
            throw new IOException("engram.home " + directory + " cannot be made: " + notMade.getMessage(), notMade);
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException notWritten) {
            throw new IOException("engram.home " + directory + " cannot be written: " + notWritten.getMessage(), notWritten);
        }
        if (lock(channel) == null) {
            channel.close();
            throw new IOException("engram.home " + directory + " is in use by another Engram on this machine; end that one, or choose another home");
        }
        return new Home(directory, channel);
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
