package dev.engram.runs.launch;

import dev.engram.store.BlobStore;
import dev.engram.store.StoreException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The folders {@code workers/<run>} on this machine, which nobody needs when their run has been deleted. */
final class WorkerFolders {
    private static final Logger LOG = System.getLogger(WorkerFolders.class.getName());
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path workers;

    WorkerFolders(Path workers) {
        this.workers = workers;
    }

    /**
     * Removes folders of runs that are not there any more. One with fresh scratch space is left: a worker of another catalogue may be at work in it.
     *
     * @param existing tells which of these ids are runs; asked only when there are folders
     */
    void tidy(Function<Collection<String>, Set<String>> existing) {
        List<String> ids = names(workers);
        if (ids.isEmpty()) {
            return;
        }
        Set<String> there = existing.apply(ids);
        for (String id : ids) {
            if (!there.contains(id) && !isInUse(workers.resolve(id))) {
                remove(workers.resolve(id));
            }
        }
    }

    private static boolean isInUse(Path folder) {
        return names(folder).stream().filter(name -> name.startsWith("scratch-")).anyMatch(name -> isFresh(folder.resolve(name)));
    }

    private static boolean isFresh(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toInstant().isAfter(Instant.now().minus(ABANDONED));
        } catch (IOException gone) {
            return false;
        }
    }

    private static void remove(Path folder) {
        try {
            BlobStore.deleteTree(folder);
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "{0} of a deleted run stays: {1}", folder, e.getMessage());
        }
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).map(entry -> entry.getFileName().toString()).toList();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be listed: {1}", folder, e.getMessage());
            return List.of();
        }
    }
}
