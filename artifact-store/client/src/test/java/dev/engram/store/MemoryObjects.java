package dev.engram.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in memory. It can fail at a chosen change. */
public final class MemoryObjects implements ObjectStore {

    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Map<String, MemoryObjects> buckets = new ConcurrentSkipListMap<>();
    private int changesUntilFailure = Integer.MAX_VALUE;
    private StoreException failure;

    /** Lets {@code changes} more puts and deletes pass, fails the one after with {@code reason}, and works again then. */
    public void failAfter(int changes, StoreException reason) {
        changesUntilFailure = changes;
        failure = reason;
    }

    private synchronized void change() {
        if (changesUntilFailure-- == 0) {
            changesUntilFailure = Integer.MAX_VALUE;
            throw failure;
        }
    }

    public Map<String, byte[]> content() {
        return objects;
    }

    @Override
    public MemoryObjects bucket(String name) {
        return buckets.computeIfAbsent(name, any -> new MemoryObjects());
    }

    @Override
    public void put(String key, Path file, String mediaType) {
        try {
            put(key, Files.readAllBytes(file), mediaType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void put(String key, byte[] bytes, String mediaType) {
        change();
        objects.put(key, bytes.clone());
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes, String mediaType) {
        change();
        return objects.putIfAbsent(key, bytes.clone()) == null;
    }

    @Override
    public InputStream open(String key) {
        return new ByteArrayInputStream(Optional.ofNullable(objects.get(key)).orElseThrow(() -> new ObjectNotFoundException(key)));
    }

    @Override
    public OptionalLong size(String key) {
        var bytes = objects.get(key);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
    }

    @Override
    public List<ObjectSummary> list(String prefix) {
        return objects.entrySet().stream().filter(e -> e.getKey().startsWith(prefix)).map(e -> new ObjectSummary(e.getKey(), e.getValue().length)).toList();
    }

    @Override
    public void delete(String key) {
        change();
        objects.remove(key);
    }

    @Override
    public URI presignedGet(String key, Duration validity, Optional<String> fileName) {
        return URI.create("memory:" + key);
    }

    @Override
    public URI presignedPut(String key, Duration validity) {
        return URI.create("memory:" + key);
    }

    @Override
    public void close() {
        objects.clear();
    }
}
