package dev.engram.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects that a person names: an upload, {@code uploads/…}, or {@code s3://bucket/key} on the store's server. Nothing is known of their bytes;
 * the digest that comes with a copy says what they were.
 */
public final class NamedObjects {
    private static final Pattern OBJECT = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/([^\\p{Cntrl}]{1,1024})");

    private final ObjectStore objects;

    public NamedObjects(ObjectStore objects) {
        this.objects = Objects.requireNonNull(objects, "objects");
    }

    /** Whether a text is such a name; whether there is the object is another question. */
    public static boolean isName(String name) {
        return Uploads.isName(name) || OBJECT.matcher(name).matches();
    }

    /**
     * Copies an object to a file.
     *
     * @param target is overwritten
     * @param copied is told the bytes so far; may throw to stop
     * @return digest and size of what was copied
     * @throws ObjectNotFoundException if there is none of that name
     * @throws StoreRefusedException at once, naming the bucket, if there is none of that name or it may not be read
     */
    public Blob copy(String name, Path target, LongConsumer copied) {
        if (Uploads.isName(name)) {
            return copy(objects, name, target, copied);
        }
        Matcher object = OBJECT.matcher(name);
        if (!object.matches()) {
            throw new IllegalArgumentException("not the name of an object: " + name);
        }
        try (ObjectStore bucket = objects.bucket(object.group(1))) {
            return copy(bucket, object.group(2), target, copied);
        } catch (ObjectNotFoundException e) {
            throw new ObjectNotFoundException(name, e);
        }
    }

    private static Blob copy(ObjectStore objects, String key, Path target, LongConsumer copied) {
        try (var in = objects.open(key); OutputStream out = new Counted(Files.newOutputStream(target), copied)) {
            return Sha256.copy(in, out, Long.MAX_VALUE);
        } catch (IOException e) {
            throw LocalFiles.failure(target, e);
        }
    }

    private static final class Counted extends FilterOutputStream {
        private final LongConsumer copied;
        private long bytes;

        Counted(OutputStream out, LongConsumer copied) {
            super(out);
            this.copied = copied;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            bytes += length;
            copied.accept(bytes);
        }
    }
}
