package dev.engram.store.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param nextPageToken where to go on; empty on the last page
 */
public record Page<T>(List<T> items, Optional<String> nextPageToken) {

    public Page {
        items = List.copyOf(items);
    }
}
