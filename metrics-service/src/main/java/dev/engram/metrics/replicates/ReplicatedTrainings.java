package dev.engram.metrics.replicates;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainingRecipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What replicates are of. A plan makes pairs that differ in their seed alone; measures that are brought together by hand may be of pairs that differ in
 * more, or of one pair twice, and then mean and interval are not over trainings.
 */
final class ReplicatedTrainings {
    private final RunContext run;
    private final Map<Long, Set<String>> pairs = new LinkedHashMap<>();
    private final Set<String> splits = new TreeSet<>();
    private final Map<String, TrainingRecipe> recipes = new LinkedHashMap<>();
    private final Set<String> others = new TreeSet<>();

    ReplicatedTrainings(RunContext run) {
        this.run = run;
    }

    /** Adds the pair or encoder that a measure of a seed is of. */
    void add(long seed, RunSpec measure) {
        String measured = measured(measure);
        if (measured.isEmpty() || !pairs.computeIfAbsent(seed, _ -> new LinkedHashSet<>()).add(measured)) {
            return;
        }
        if (!measured.startsWith("pairs/")) {
            addEncoder(measured);
            return;
        }
        ResolvedPair pair = run.pair(measured);
        splits.add(pair.split());
        addEncoder(pair.candidate());
        addEncoder(pair.reference());
    }

    private static String measured(RunSpec measure) {
        return switch (measure.getTaskCase()) {
            case LAYER_MEM -> measure.getLayerMem().getPair();
            case UNIT_MEM -> measure.getUnitMem().getPair();
            case CLASS_MEM -> measure.getClassMem().getPair();
            case DEJA_VU -> measure.getDejaVu().getPair();
            case PROBE -> measure.getProbe().getEncoder().isEmpty() ? measure.getProbe().getPair() : measure.getProbe().getEncoder();
            default -> "";
        };
    }

    private void addEncoder(String encoder) {
        RunSpec maker = run.specOf(encoder);
        if (maker.hasTrainEncoder()) {
            recipes.put(encoder, maker.getTrainEncoder().getRecipe().toBuilder().clearSeed().build());
        } else {
            others.add(encoder);
        }
    }

    /** Whether all pairs are over one split, so that their images can be compared. */
    boolean isOfOneSplit() {
        return splits.size() < 2;
    }

    /** What keeps the seeds from being replicates of one training, in sentences. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!isOfOneSplit()) {
            warnings.add("The pairs are over different splits (%s): they were not trained on the same images, and no images are compared."
                    .formatted(String.join(", ", splits)));
        }
        Set<String> differing = differing();
        if (!differing.isEmpty()) {
            warnings.add("The trainings differ in more than their seed: " + String.join(", ", differing) + ".");
        }
        if (!others.isEmpty() && others.size() + recipes.size() > 1) {
            warnings.add("How it was trained is not known of " + String.join(", ", others) + ".");
        }
        Map<String, Long> seeds = pairs.values().stream().flatMap(Set::stream).collect(Collectors.groupingBy(name -> name, LinkedHashMap::new, Collectors.counting()));
        seeds.forEach((name, count) -> {
            if (count > 1) {
                warnings.add("%d seeds are of %s, which is one training: they say nothing about others.".formatted(count, name));
            }
        });
        return List.copyOf(warnings);
    }

    /** Fields of the recipes that are not alike, by name. */
    private Set<String> differing() {
        Set<String> names = new TreeSet<>();
        for (FieldDescriptor field : TrainingRecipe.getDescriptor().getFields()) {
            if (recipes.values().stream().map(recipe -> recipe.getField(field)).distinct().count() > 1) {
                names.add(field.getName());
            }
        }
        return names;
    }
}
