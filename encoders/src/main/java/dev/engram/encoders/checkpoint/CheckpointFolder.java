package dev.engram.encoders.checkpoint;

import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.file.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint on disk: one safetensors file for each part, and {@code manifest.json}, which is written last. A folder without
 * a manifest is not a checkpoint, whatever else is in it; so a crash while writing leaves nothing that is taken for whole.
 */
public final class CheckpointFolder {
    /** File that makes a folder a checkpoint. */
    public static final String MANIFEST = "manifest.json";

    private static final String SUFFIX = ".safetensors";

    private final Path folder;

    public CheckpointFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether there is a whole checkpoint; its digests are checked when it is read. */
    public boolean exists() {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }

    /**
     * Writes a checkpoint in place of what was here. Everything is on the disk when this returns.
     *
     * @param description its files are ignored
     * @param parts by name ({@code encoder}, {@code optimizer} …: small letters, digits, underscores)
     * @return the manifest as written
     */
    public CheckpointManifest write(CheckpointManifest description, Map<String, StateDict> parts) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(MANIFEST));
        List<CheckpointManifest.File> files = new ArrayList<>();
        for (Map.Entry<String, StateDict> part : parts.entrySet()) {
            files.add(writePart(part.getKey() + SUFFIX, part.getValue()));
        }
        CheckpointManifest manifest = description.with(files);
        CheckpointManifest.fromJson(MANIFEST, manifest.toJson());
        writeFile(MANIFEST, out -> out.write(manifest.toJson()));
        return manifest;
    }

    /**
     * The manifest.
     *
     * @throws CorruptFileException if there is none, or it is not one
     */
    public CheckpointManifest manifest() throws IOException {
        Path file = folder.resolve(MANIFEST);
        if (!exists()) {
            throw new CorruptFileException(file.toString(), "is missing: not a checkpoint, or not a whole one");
        }
        return CheckpointManifest.fromJson(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Reads every part after its size and digest are found right.
     *
     * @return the parts by name, in the manifest's order; the caller closes them
     * @throws CorruptFileException naming the file that is missing or different
     */
    public Map<String, StateDict> read() throws IOException {
        Map<String, StateDict> parts = new LinkedHashMap<>();
        try {
            for (CheckpointManifest.File file : manifest().files()) {
                verify(file);
                String part = file.name().substring(0, file.name().length() - SUFFIX.length());
                parts.put(part, SafetensorsReader.read(folder.resolve(file.name())).state());
            }
            return parts;
        } catch (IOException | RuntimeException e) {
            parts.values().forEach(StateDict::close);
            throw e;
        }
    }

    private void verify(CheckpointManifest.File expected) throws IOException {
        Path file = folder.resolve(expected.name());
        if (!Files.isRegularFile(file)) {
            throw new CorruptFileException(file.toString(), "is missing");
        }
        if (Files.size(file) != expected.size()) {
            throw new CorruptFileException(
                    file.toString(), "has %d bytes, not %d".formatted(Files.size(file), expected.size()));
        }
        MessageDigest digest = Sha256.digest();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, out);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(expected.sha256())) {
            throw new CorruptFileException(file.toString(), "has SHA-256 %s, not %s".formatted(found, expected.sha256()));
        }
    }

    private CheckpointManifest.File writePart(String name, StateDict state) throws IOException {
        MessageDigest digest = Sha256.digest();
        writeFile(name, out -> SafetensorsWriter.write(new DigestOutputStream(out, digest), state, Map.of()));
        return new CheckpointManifest.File(
                name, Files.size(folder.resolve(name)), HexFormat.of().formatHex(digest.digest()));
    }

    private void writeFile(String name, Content content) throws IOException {
        Path temporary = folder.resolve(name + ".part");
        try (FileChannel channel = FileChannel.open(temporary,
                        StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
        Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
