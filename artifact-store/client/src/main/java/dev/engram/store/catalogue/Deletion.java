package dev.engram.store.catalogue;

import java.util.List;

/**
 * What a deletion frees, or would free.
 *
 * @param artifacts ids of artifacts that nothing refers to afterwards
 * @param bytes of blobs that no other artifact shares
 */
public record Deletion(List<String> artifacts, long bytes) {

    public static final Deletion NOTHING = new Deletion(List.of(), 0);

    public Deletion {
        artifacts = List.copyOf(artifacts);
    }
}
