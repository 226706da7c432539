package dev.engram.runs.worker;

import dev.engram.store.LocalFiles;
import dev.engram.store.artifact.Artifact;
import dev.engram.store.artifact.ArtifactDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Files of artifacts in directories of the worker, by hard link where the disk allows it. */
final class LocalCopies {
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "json", "application/json",
            "csv", "text/csv",
            "html", "text/html",
            "png", "image/png",
            "log", "text/plain",
            "safetensors", "application/vnd.safetensors",
            "bin", "application/octet-stream");

    private LocalCopies() {}

    /** Gives the directory a verified copy of each of the artifact's files. */
    static void checkOut(Artifact artifact, Path directory) {
        for (var file : artifact.manifest().files()) {
            Path target = directory.resolve(file.name());
            Path copy = artifact.file(file.name());
            try {
                Files.createDirectories(target.getParent());
                link(copy, target);
            } catch (IOException e) {
                throw LocalFiles.failure(target, e);
            }
        }
    }

    /** Adds files to an artifact in the making. */
    static void add(ArtifactDraft draft, Map<String, Path> files) {
        files.forEach((name, source) -> {
            Path target = draft.file(name, mediaType(name));
            try {
                link(source, target);
            } catch (IOException e) {
                throw LocalFiles.failure(source, e);
            }
        });
    }

    private static void link(Path existing, Path link) throws IOException {
        Files.deleteIfExists(link);
        try {
            Files.createLink(link, existing.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(existing, link);
        }
    }

    static String mediaType(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
        return MEDIA_TYPES.getOrDefault(extension, "application/octet-stream");
    }
}
