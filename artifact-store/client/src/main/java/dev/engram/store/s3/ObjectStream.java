package dev.engram.store.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An object's bytes; a connection that breaks in the middle is {@link dev.engram.store.StoreUnavailableException}, told apart from a failing local disk. */
final class ObjectStream extends FilterInputStream {

    private final String key;

    ObjectStream(String key, InputStream in) {
        super(in);
        this.key = key;
    }

    @Override
    public int read() {
        try {
            return in.read();
        } catch (IOException e) {
            throw S3Failures.unavailable("reading", key, e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw S3Failures.unavailable("reading", key, e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw S3Failures.unavailable("reading", key, e);
        }
    }
}
