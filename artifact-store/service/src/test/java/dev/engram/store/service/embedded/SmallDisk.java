package dev.engram.store.service.embedded;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of its own on a folder, which only the super-user can make; elsewhere the test is skipped and says so. */
record SmallDisk(Path folder) implements AutoCloseable {

    private static final int BLOCK = 4096;

    /** A server that was stopped may take a while to close its files. */
    private static final int TRIES = 600;

    static SmallDisk mount(Path folder, int mebibytes) throws Exception {
        Files.createDirectories(folder);
        assumeTrue(succeeds("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()),
                "a full disk was not tried: no right to mount a small one");
        return new SmallDisk(folder);
    }

    /** Leaves no free block; returns the file that takes them, the same each time. */
    Path fill() throws IOException {
        Path filler = folder.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    @Override
    public void close() throws Exception {
        for (int i = 1; !succeeds("umount", folder.toString()); i++) {
            assertTrue(i < TRIES, folder + " is still in use");
            Thread.sleep(100);
        }
    }

    private static boolean succeeds(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
