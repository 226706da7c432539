package dev.engram.inputs;

import dev.engram.testing.FolderRunContext;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A run whose inputs lie in folders by name. */
final class ResourceFolders extends FolderRunContext {
    private final Path root;

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
    public boolean stopRequested() {
        return false;
    }

    @Override
    public void checkStop() {}
}
