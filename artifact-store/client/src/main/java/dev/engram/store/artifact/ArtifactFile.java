package dev.engram.store.artifact;

import dev.engram.store.Blob;
import dev.engram.store.Sha256;
import java.util.regex.Pattern;

/**
 * One file of an artifact.
 *
 * @param mediaType for example {@code text/csv}
 * @param name relative path of letters, digits, dots, underscores, hyphens, with {@code /} between directories; at most 255 characters
 * @param sha256 of its bytes
 * @param size bytes
 */
public record ArtifactFile(String mediaType, String name, String sha256, long size) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]+(; ?[a-z]+=[A-Za-z0-9._-]+)?");

    public ArtifactFile {
        requireName(name);
        if (mediaType == null || !MEDIA_TYPE.matcher(mediaType).matches()) {
            throw new IllegalArgumentException("media type of " + name + " must be like text/csv, was " + mediaType);
        }
        Sha256.requireHex(sha256, "sha256 of " + name);
        if (size < 0) {
            throw new IllegalArgumentException("size of " + name + " must not be negative, was " + size);
        }
    }

    static String requireName(String name) {
        if (name == null || name.length() > 255 || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a file's name must be a relative path of letters, digits, '.', '_', '-', was " + name);
        }
        return name;
    }

    /** The bytes. (Not a property of the manifest.) */
    public Blob blob() {
        return new Blob(sha256, size);
    }
}
