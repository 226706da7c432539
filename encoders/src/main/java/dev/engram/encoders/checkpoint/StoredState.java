package dev.engram.encoders.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Tensors of a file that belong together, in their order.
 *
 * @param container where they are, such as {@code state_dict}; empty for the top
 * @param tensors by name
 * @param others entries beside them that are no tensors and are left out
 */
public record StoredState(String container, SequencedMap<String, StoredTensor> tensors, int others) {
    public StoredState {
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    }
}
