package dev.engram.attack.sweep;

import dev.engram.runs.RunTask;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.RunSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A run whose inputs are the results of others, in folders by name below {@code inputs}. */
final class StoredResults extends FolderRunContext {
    private final Path root;

    StoredResults(Path root, RunSpec spec) {
        super(root, "run", spec, new HashMap<>(), Map.of());
        this.root = root;
    }

    StoredResults with(String resource, RunSpec maker) {
        know(resource, maker);
        return this;
    }

    StoredResults execute(RunTask task) throws Exception {
        attempt(task);
        return this;
    }

    @Override
    public Path input(String resource) {
        return root.resolve("inputs").resolve(resource);
    }

    @Override
    public boolean stopRequested() {
        return false;
    }

    @Override
    public void checkStop() {}
}
