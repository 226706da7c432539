package dev.engram.runs.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFoldersTest {
    @TempDir
    private Path workers;

    @Test
    void foldersOfDeletedRunsGoExceptWhereSomebodyIsAtWork() throws IOException {
        Files.writeString(folder("there").resolve("worker.log"), "said");
        Files.writeString(folder("deleted").resolve("worker.log"), "said");
        Files.createDirectories(folder("deleted").resolve("old"));
        Files.createDirectories(folder("anothers").resolve("scratch-1/task"));
        Path abandoned = Files.createDirectories(folder("abandoned").resolve("scratch-1"));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

        new WorkerFolders(workers).tidy(ids -> {
            assertEquals(Set.of("there", "deleted", "anothers", "abandoned"), Set.copyOf(ids));
            return Set.of("there");
        });
        try (Stream<Path> left = Files.list(workers)) {
            assertEquals(new TreeSet<>(Set.of("anothers", "there")),
                    left.map(folder -> folder.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private Path folder(String id) throws IOException {
        return Files.createDirectories(workers.resolve(id));
    }
}
