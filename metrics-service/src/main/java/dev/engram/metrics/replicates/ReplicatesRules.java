package dev.engram.metrics.replicates;

import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Replicate;
import dev.engram.v1.ReplicatesSpec;
import dev.engram.v1.RunSpec;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a spec of replicates must be. */
final class ReplicatesRules {
    static final int FEWEST = 2;
    static final int MOST = 50;

    private ReplicatesRules() {}

    /** Reports every problem of a spec. */
    static void check(ReplicatesSpec spec, FieldViolations violations) {
        int count = spec.getReplicatesCount();
        violations.require(
                count >= FEWEST && count <= MOST, "spec.replicates", "must be %d to %d, are %d".formatted(FEWEST, MOST, count));
        Set<Long> seeds = new HashSet<>();
        Set<String> runs = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Replicate replicate = spec.getReplicates(i);
            String path = "spec.replicates[" + i + "]";
            violations.require(seeds.add(replicate.getSeed()), path + ".seed", "is another one's too: " + replicate.getSeed());
            Map<RunSpec.TaskCase, String> measures = measures(replicate);
            violations.require(!measures.isEmpty(), path, "names no measure");
            violations.require(
                    measures.keySet().equals(measures(spec.getReplicates(0)).keySet()), path, "must have the same measures as the first");
            measures.forEach((kind, run) -> checkRun(path + "." + kind.name().toLowerCase(Locale.ROOT), run, runs, violations));
        }
    }

    private static void checkRun(String field, String run, Set<String> others, FieldViolations violations) {
        violations.require(ResourceName.parse(run).filter(ResourceName::isRun).isPresent(), field, "must be runs/…, is \"" + run + "\"");
        violations.require(others.add(run), field, "is named twice: " + run);
    }

    /** The runs of a replicate, by their kind. */
    static Map<RunSpec.TaskCase, String> measures(Replicate replicate) {
        Map<RunSpec.TaskCase, String> measures = new EnumMap<>(RunSpec.TaskCase.class);
        measures.put(RunSpec.TaskCase.LAYER_MEM, replicate.getLayerMem());
        measures.put(RunSpec.TaskCase.UNIT_MEM, replicate.getUnitMem());
        measures.put(RunSpec.TaskCase.CLASS_MEM, replicate.getClassMem());
        measures.put(RunSpec.TaskCase.PROBE, replicate.getProbe());
        measures.put(RunSpec.TaskCase.DEJA_VU, replicate.getDejaVu());
        measures.values().removeIf(String::isEmpty);
        return measures;
    }

    /** All runs that are brought together. */
    static List<String> runs(ReplicatesSpec spec) {
        return spec.getReplicatesList().stream().flatMap(replicate -> measures(replicate).values().stream()).toList();
    }
}
