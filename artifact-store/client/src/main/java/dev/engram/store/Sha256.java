package dev.engram.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 of bytes, files and streams as {@link Blob}s. */
public final class Sha256 {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 1 << 16;

    private Sha256() {}

    public static Blob of(byte[] bytes) {
        return new Blob(HexFormat.of().formatHex(digest().digest(bytes)), bytes.length);
    }

    /** Cost: one read of the file. */
    public static Blob of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream(), Long.MAX_VALUE);
        }
    }

    /**
     * Copies until the end of the stream or just past {@code limit} bytes, whichever comes first, and digests what was copied: a reader that
     * expects n bytes never writes more than about n to its disk, whatever the store sends.
     */
    static Blob copy(InputStream in, OutputStream out, long limit) throws IOException {
        var digest = digest();
        var buffer = new byte[BUFFER];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
            size += n;
            if (size > limit) {
                break;
            }
        }
        return new Blob(HexFormat.of().formatHex(digest.digest()), size);
    }

    /** @throws IllegalArgumentException naming {@code field} unless {@code hex} is 64 lower-case hex digits */
    public static String requireHex(String hex, String field) {
        if (hex == null || !HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(field + " must be 64 lower-case hex digits, was " + hex);
        }
        return hex;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
