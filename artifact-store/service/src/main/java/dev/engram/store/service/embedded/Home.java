package dev.engram.store.service.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folder {@code engram.home}, held by one process at a time. */
public final class Home implements AutoCloseable {

    /** Homes of this process. The operating system would drop its lock if the lock file were opened and closed once more here. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

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
        if (!HELD.add(directory)) {
            throw inUse(directory);
        }
        try {
            return new Home(directory, lock(directory));
        } catch (IOException notTaken) {
            HELD.remove(directory);
            throw notTaken;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException notWritten) {
            throw new IOException("engram.home " + directory + " cannot be written: " + notWritten.getMessage(), notWritten);
        }
        if (channel.tryLock() == null) {
            channel.close();
            throw inUse(directory);
        }
        return channel;
    }

    private static IOException inUse(Path directory) {
        return new IOException("engram.home " + directory + " is in use by another Engram on this machine; end that one, or choose another home");
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(directory);
    }
}
