package dev.engram.store.service.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Secrets of the embedded servers, made once a home and readable by its owner alone.
 *
 * @param accessKey of S3
 * @param secretKey of S3
 * @param databasePassword of the catalogue
 */
public record Credentials(String accessKey, String secretKey, String databasePassword) {

    private static final String FILE = "credentials.properties";
    private static final String ACCESS_KEY = "engram.s3.access-key";
    private static final String SECRET_KEY = "engram.s3.secret-key";
    private static final String DATABASE_PASSWORD = "engram.db.password";

    /**
     * Reads {@code <home>/credentials.properties}, or makes it.
     *
     * @throws IOException if it cannot be read or made, or lacks a key; the message names it
     */
    public static Credentials of(Home home) throws IOException {
        Path file = home.directory().resolve(FILE);
        if (Files.exists(file)) {
            return read(file);
        }
        Credentials made = new Credentials(random(10), random(24), random(24));
        made.write(file);
        return made;
    }

    private static Credentials read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        for (String key : Set.of(ACCESS_KEY, SECRET_KEY, DATABASE_PASSWORD)) {
            if (properties.getProperty(key, "").isBlank()) {
                throw new IOException(file + " has no " + key);
            }
        }
        return new Credentials(properties.getProperty(ACCESS_KEY), properties.getProperty(SECRET_KEY), properties.getProperty(DATABASE_PASSWORD));
    }

    private void write(Path file) throws IOException {
        var lines = new TreeMap<String, String>();
        lines.put(ACCESS_KEY, accessKey);
        lines.put(SECRET_KEY, secretKey);
        lines.put(DATABASE_PASSWORD, databasePassword);
        var text = new StringBuilder();
        lines.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        Path part = file.resolveSibling(FILE + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, ownerOnly(file));
        Files.writeString(part, text, StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private static String random(int bytes) {
        byte[] secret = new byte[bytes];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "credentials of " + accessKey;
    }
}
