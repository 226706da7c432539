package dev.engram.encoders.checkpoint;

import dev.engram.encoders.checkpoint.pickle.ClassName;
import java.util.Collection;
import java.util.List;

/**
 * What was found in a file of weights.
 *
 * @param states in the order of the file
 * @param foreign classes it names that are not PyTorch's containers
 */
record WeightsContent(List<StoredState> states, List<String> foreign) {
    static List<String> names(Collection<ClassName> classes) {
        return classes.stream().map(ClassName::toString).toList();
    }
}
