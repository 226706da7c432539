package dev.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.store.artifact.ArtifactRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system of 1 MiB, which only the super-user can make. */
class DiskFullTest {

    @TempDir
    private Path directory;

    private final MemoryObjects objects = new MemoryObjects();

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString()), "a full disk was not tried: no right to mount a small one");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", directory.toString());
    }

    @Test
    void aCacheWithoutSpaceSaysSoAndKeepsNothingHalf() throws IOException {
        var blobs = new BlobStore(objects, directory.resolve("cache"));
        var small = blobs.put(new byte[1000], "application/octet-stream");
        var big = blobs.put(new byte[2 << 20], "application/octet-stream");

        var failure = assertThrows(StoreFullException.class, () -> blobs.file(big));
        assertTrue(failure.getMessage().contains(directory.toString()), failure.getMessage());
        assertEquals(0, files());
        assertEquals(1000, Files.size(blobs.file(small)));
    }

    @Test
    void anArtifactWithoutSpaceIsNotThere() throws IOException {
        var repository = new ArtifactRepository(objects, new BlobStore(objects, directory.resolve("cache")), _ -> {}, directory.resolve("drafts"));
        assertThrows(StoreFullException.class, () -> repository.write("result", Map.of("big.bin", new byte[2 << 20]), Map.of()));
        assertEquals(Map.of(), objects.content());
        assertEquals(0, files());
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private long files() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
