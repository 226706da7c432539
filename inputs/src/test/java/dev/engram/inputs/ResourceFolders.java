package dev.engram.inputs;

import dev.engram.runs.EngramVersion;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A run whose inputs lie in folders by name. */
final class ResourceFolders extends FolderRunContext {
    private final Path root;

    /** The version of Engram that is said to have made all resources. */
    Optional<String> version = Optional.of(EngramVersion.current());

    ResourceFolders(Path root) {
        super(root, "run", RunSpec.getDefaultInstance(), new HashMap<>(), Map.of());
        this.root = root;
    }

    /** The folder of a resource, which is there now. */
    Path make(String resource) throws IOException {
        return Files.createDirectories(input(resource));
    }

    @Override
    public Path input(String resource) {
        return root.resolve("inputs").resolve(resource);
    }

    @Override
    public Optional<String> versionOf(String resource) {
        return version;
    }

    @Override
    public boolean stopRequested() {
        return false;
    }

    @Override
    public void checkStop() {}
}
