package dev.engram.trainer.dataset;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.data.DataFiles;
import dev.engram.encoders.data.LocalFiles;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.ObjectStore;
import dev.engram.store.StoreRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.OptionalLong;

/** An object of an S3 bucket, or all objects below a prefix. Each file is read by one request; nothing is copied. */
final class ObjectFiles implements DataFiles {
    private final ObjectStore objects;
    private final String bucket;
    private final String key;

    /**
     * @param bucket its name, for people
     * @param key of an object, or a prefix without its last {@code /}
     */
    ObjectFiles(ObjectStore objects, String bucket, String key) {
        this.objects = requireNonNull(objects, "objects");
        this.bucket = bucket;
        this.key = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
    }

    @Override
    public String place() {
        return "s3://%s/%s".formatted(bucket, key);
    }

    @Override
    public List<Entry> list() throws IOException {
        try {
            return entries();
        } catch (StoreRefusedException e) {
            throw refused(e);
        }
    }

    private List<Entry> entries() throws IOException {
        OptionalLong size = objects.size(key);
        if (size.isPresent()) {
            return List.of(new Entry(key.substring(key.lastIndexOf('/') + 1), size.getAsLong()));
        }
        String prefix = key + "/";
        List<Entry> entries = objects.list(prefix).stream()
                .map(object -> new Entry(object.key().substring(prefix.length()), object.size()))
                .filter(entry -> !entry.name().isEmpty() && !entry.name().endsWith("/"))
                .filter(entry -> !("/" + entry.name()).contains("/."))
                .sorted(LocalFiles.ORDER)
                .toList();
        if (entries.isEmpty()) {
            throw new NoSuchFileException(place());
        }
        return entries;
    }

    @Override
    public InputStream open(String name) throws IOException {
        boolean single = key.endsWith("/" + name) || key.equals(name);
        try {
            return objects.open(single && objects.size(key).isPresent() ? key : key + "/" + name);
        } catch (ObjectNotFoundException e) {
            throw (IOException) new NoSuchFileException(place() + "/" + name).initCause(e);
        } catch (StoreRefusedException e) {
            throw refused(e);
        }
    }

    /** No such bucket, or one that may not be read: whoever named it has to look, so it is no outage to wait for. */
    private AccessDeniedException refused(StoreRefusedException e) {
        AccessDeniedException denied = new AccessDeniedException(place(), null, e.getMessage());
        denied.initCause(e);
        return denied;
    }
}
