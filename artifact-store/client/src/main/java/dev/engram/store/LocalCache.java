package dev.engram.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Verified copies of blobs on the local disk, shared by all processes of one home directory.
 *
 * <p>A copy appears under its name whole (temporary file, fsync, rename) and is digested again on every read; a damaged copy is dropped as if
 * it had never been there. When the copies exceed {@code maxBytes}, those used longest ago go first; a copy used within the last hour stays, so
 * a path that was just handed out does not vanish.
 */
final class LocalCache {

    private static final Duration IN_USE = Duration.ofHours(1);
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path blobs;
    private final Path temporary;
    private final long maxBytes;
    private final InstantSource clock;

    LocalCache(Path directory, long maxBytes, InstantSource clock) {
        this.blobs = directory.resolve("blobs");
        this.temporary = directory.resolve("tmp");
        this.maxBytes = maxBytes;
        this.clock = Objects.requireNonNull(clock, "clock");
        try {
            Files.createDirectories(blobs);
            Files.createDirectories(temporary);
            removeOlder(temporary, ABANDONED);
        } catch (IOException e) {
            throw LocalFiles.failure(directory, e);
        }
    }

    /** The verified copy, when there is one. */
    Optional<Path> find(Blob blob) {
        var path = path(blob);
        try {
            if (!Files.exists(path)) {
                return Optional.empty();
            }
            if (Files.size(path) != blob.size() || !Sha256.of(path).equals(blob)) {
                Files.deleteIfExists(path);
                return Optional.empty();
            }
            Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
            return Optional.of(path);
        } catch (IOException e) {
            throw LocalFiles.failure(path, e);
        }
    }

    /** Lets {@code source} write the bytes; keeps them only if it returns. */
    Path add(Blob blob, BlobSource source) {
        var target = path(blob);
        write(target, temporary, source);
        try {
            evict();
        } catch (IOException e) {
            throw LocalFiles.failure(blobs, e);
        }
        return target;
    }

    /** Writes a file so that it appears whole or not at all: temporary file in {@code temporary}, fsync, rename. */
    static void write(Path target, Path temporary, BlobSource source) {
        Path part = null;
        try {
            part = Files.createTempFile(temporary, "part-", ".tmp");
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                source.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.createDirectories(target.toAbsolutePath().getParent());
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw LocalFiles.failure(target, e);
        } finally {
            discard(part);
        }
    }

    private static void discard(Path part) {
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            part.toFile().deleteOnExit();
        }
    }

    private void evict() throws IOException {
        try (var files = Files.walk(blobs)) {
            var copies = files.map(Copy::of).flatMap(Optional::stream).sorted(Comparator.comparing(Copy::used)).toList();
            long total = copies.stream().mapToLong(Copy::size).sum();
            var spared = clock.instant().minus(IN_USE);
            for (var copy : copies) {
                if (total <= maxBytes || copy.used().toInstant().isAfter(spared)) {
                    return;
                }
                Files.deleteIfExists(copy.path());
                total -= copy.size();
            }
        }
    }

    private void removeOlder(Path directory, Duration age) throws IOException {
        var before = clock.instant().minus(age);
        try (Stream<Path> files = Files.list(directory)) {
            for (var copy : files.map(Copy::of).flatMap(Optional::stream).toList()) {
                if (copy.used().toInstant().isBefore(before)) {
                    Files.deleteIfExists(copy.path());
                }
            }
        }
    }

    private Path path(Blob blob) {
        return blobs.resolve(blob.sha256().substring(0, 2)).resolve(blob.sha256());
    }

    /** Writes bytes to a stream, or throws and leaves nothing that counts. */
    @FunctionalInterface
    interface BlobSource {

        void writeTo(OutputStream out) throws IOException;
    }

    private record Copy(Path path, long size, FileTime used) {

        /** Empty for directories, and for files that another process removed meanwhile. */
        static Optional<Copy> of(Path path) {
            try {
                return Files.isRegularFile(path)
                        ? Optional.of(new Copy(path, Files.size(path), Files.getLastModifiedTime(path)))
                        : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
