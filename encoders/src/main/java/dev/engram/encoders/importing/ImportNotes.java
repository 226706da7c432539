package dev.engram.encoders.importing;

import dev.engram.encoders.checkpoint.StoredState;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.network.StateLayout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person should know of a match beside its lists. */
final class ImportNotes {
    private ImportNotes() {}

    static void of(StoredState state, StateMatch match, List<String> notes) {
        Map<String, Long> widened = match.loaded().stream()
                .map(KeyMatch::tensor)
                .filter(tensor -> tensor.type().isWidened())
                .collect(Collectors.groupingBy(tensor -> tensor.type().name(), Collectors.counting()));
        widened.forEach((type, count) -> notes.add("%d tensors are %s and are widened, which is exact".formatted(count, type)));
        long narrowed = match.loaded().stream()
                .filter(found -> found.tensor().type().inMemory() == ElementType.FLOAT64 && found.place().type() == ElementType.FLOAT32)
                .count();
        if (narrowed > 0) {
            notes.add("%d tensors are F64 and are rounded to F32".formatted(narrowed));
        }
        if (state.others() > 0) {
            notes.add("%d entries beside the tensors are left out".formatted(state.others()));
        }
        if (!match.outside().isEmpty()) {
            notes.add("%d tensors do not begin with %s and are left out, the first is %s".formatted(
                    match.outside().size(), match.prefix(), match.outside().getFirst().name()));
        }
        if (match.network().options().containsKey("heads")) {
            notes.add("weights do not show the number of attention heads: %s is taken".formatted(match.network().options().get("heads")));
        }
        long counters = missingCounters(match);
        if (counters > 0) {
            notes.add("%d counters of batches are not in the file, as in files before PyTorch 0.4.1, and begin at 0".formatted(counters));
        }
    }

    private static long missingCounters(StateMatch match) {
        Set<String> found = match.loaded().stream().map(loaded -> loaded.place().name()).collect(Collectors.toSet());
        return StateLayout.of(match.network()).buffers().stream()
                .filter(name -> name.endsWith(".num_batches_tracked") && !found.contains(name))
                .count();
    }
}
