package dev.engram.metrics.replicates;

import dev.engram.v1.Replicate;
import dev.engram.v1.ReplicatesPlan;
import dev.engram.v1.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A measure that is made of every seed's pair.
 *
 * @param field of the plan, and of a replicate
 * @param pair the plan names, which must be none
 * @param ofPair its spec for a pair
 * @param entry enters its run into a replicate
 */
record PlannedMeasure(String field, String pair, Function<String, RunSpec> ofPair, BiConsumer<Replicate.Builder, String> entry) {

    /** The measures of a plan. */
    static List<PlannedMeasure> of(ReplicatesPlan plan) {
        List<PlannedMeasure> measures = new ArrayList<>();
        if (plan.hasLayerMem()) {
            measures.add(new PlannedMeasure(
                    "layer_mem",
                    plan.getLayerMem().getPair(),
                    pair -> RunSpec.newBuilder().setLayerMem(plan.getLayerMem().toBuilder().setPair(pair)).build(),
                    Replicate.Builder::setLayerMem));
        }
        if (plan.hasUnitMem()) {
            measures.add(new PlannedMeasure(
                    "unit_mem",
                    plan.getUnitMem().getPair(),
                    pair -> RunSpec.newBuilder().setUnitMem(plan.getUnitMem().toBuilder().setPair(pair)).build(),
                    Replicate.Builder::setUnitMem));
        }
        if (plan.hasClassMem()) {
            measures.add(new PlannedMeasure(
                    "class_mem",
                    plan.getClassMem().getPair(),
                    pair -> RunSpec.newBuilder().setClassMem(plan.getClassMem().toBuilder().setPair(pair)).build(),
                    Replicate.Builder::setClassMem));
        }
        if (plan.hasProbe()) {
            measures.add(new PlannedMeasure(
                    "probe",
                    plan.getProbe().getPair(),
                    pair -> RunSpec.newBuilder().setProbe(plan.getProbe().toBuilder().setPair(pair)).build(),
                    Replicate.Builder::setProbe));
        }
        if (plan.hasDejaVu()) {
            measures.add(new PlannedMeasure(
                    "deja_vu",
                    plan.getDejaVu().getPair(),
                    pair -> RunSpec.newBuilder().setDejaVu(plan.getDejaVu().toBuilder().setPair(pair)).build(),
                    Replicate.Builder::setDejaVu));
        }
        return measures;
    }

    /** The measure of a pair, {@code pairs/x}. */
    RunSpec of(String pairName) {
        return ofPair.apply(pairName);
    }

    /** The id of its run, which follows from the pair's. */
    String runId(String pairId) {
        return pairId + "-" + field.replace('_', '-');
    }

    void enter(Replicate.Builder replicate, String run) {
        entry.accept(replicate, run);
    }
}
