package dev.engram.attack.trace;

import dev.engram.attack.run.DejaVuRules;
import dev.engram.attack.run.Direction;
import dev.engram.attack.run.ProbeTable;
import dev.engram.inputs.Inputs;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.EncoderEdit;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TracedCrop;
import dev.engram.v1.TracedLayer;
import dev.engram.v1.TracedPruningResult;
import dev.engram.v1.TracedPruningSpec;
import dev.engram.v1.TracedVariant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares attacks on an encoder as it was, without the units that traced images own, and without as many random others. Reads results and computes no
 * attack: seconds, without a forward pass.
 */
public final class TracedPruningTask implements RunTask {
    private static final int FEW = 10;

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.TRACED_PRUNING;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        TracedPruningRules.check(spec.getTracedPruning(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return TracedPruningRules.uses(spec.getTracedPruning());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TracedPruningSpec spec = run.spec().getTracedPruning();
        List<TracedVariant> variants = TracedPruningRules.variants(spec);
        List<String> attacks = Stream.concat(Stream.of(spec.getBefore()), variants.stream().map(TracedVariant::getAttack)).toList();
        DejaVuSpec before = run.specOf(spec.getBefore()).getDejaVu();
        ResolvedPair pair = run.pair(before.getPair());
        String source = run.specOf(spec.getPruned().getEncoder()).getEditEncoder().getSource();
        Direction seen = seen(pair, source, spec);
        List<AttackVerdicts> verdicts = new ArrayList<>();
        List<ProbeVerdicts> probes = new ArrayList<>();
        List<List<CropResult>> crops = new ArrayList<>();
        for (String attack : attacks) {
            run.checkStop();
            run.progress("reading attacks", verdicts.size(), attacks.size(), "attack", Map.of());
            verdicts.add(Inputs.read(run, attack, folder -> AttackVerdicts.read(folder.resolve(AttackVerdicts.FILE_NAME))));
            probes.add(Inputs.read(run, attack, folder -> ProbeVerdicts.read(folder.resolve(ProbeTable.FILE_NAME))));
            crops.add(Inputs.message(run, attack, TracedFiles.RESULT, DejaVuResult.newBuilder()).build().getCropsList());
            requireAlike(crops, attack);
        }
        List<EncoderEdit> edits = new ArrayList<>();
        for (TracedVariant variant : variants) {
            edits.add(Inputs.message(run, editOf(variant), TracedFiles.RESULT, EncoderEdit.newBuilder()).build());
        }
        TracedGroups.Bootstrap bootstrap = new TracedGroups.Bootstrap(
                before.getResamples() == 0 ? DejaVuRules.DEFAULT_RESAMPLES : before.getResamples(), before.getSeed(), run::checkStop);
        Set<Long> traced = Set.copyOf(spec.getImagesList());
        TracedPruningResult.Builder result =
                TracedPruningResult.newBuilder().setSide(seen.target().key()).setEncoder(source).setDataset(pair.dataset());
        run.progress("comparing", 0, crops.getFirst().size(), "crop", Map.of());
        for (CropResult crop : crops.getFirst()) {
            TracedGroups groups = new TracedGroups(verdicts, result.getCropsCount(), seen, bootstrap);
            result.addCrops(TracedCrop.newBuilder()
                    .setCrop(crop.getCrop())
                    .setCut(crop.getCut())
                    .addAllGroups(compared(() -> groups.of(traced))));
        }
        result.addAllProbes(compared(() -> TracedMessages.probes(probes, seen.target().key(), bootstrap)))
                .addAllLayers(TracedMessages.layers(edits.getFirst(), edits.subList(1, edits.size())));
        warnings(result, traced.size()).forEach(warning -> {
            run.log(LogEntry.Severity.WARNING, warning);
            result.addWarnings(warning);
        });
        run.publish("result", "traced-pruning", TracedFiles.write(result.build(), run.scratch()));
    }

    private static Direction seen(ResolvedPair pair, String source, TracedPruningSpec spec) {
        if (source.equals(pair.candidate())) {
            return Direction.CANDIDATE;
        }
        if (source.equals(pair.reference())) {
            return Direction.INDEPENDENT;
        }
        throw RunFailure.invalidSpec("spec.pruned.encoder: %s was not edited from an encoder of %s"
                .formatted(spec.getPruned().getEncoder(), pair.name()));
    }

    private static void requireAlike(List<List<CropResult>> crops, String attack) {
        List<String> first = crops.getFirst().stream().map(TracedPruningTask::place).toList();
        if (!crops.getLast().stream().map(TracedPruningTask::place).toList().equals(first)) {
            throw RunFailure.invalidSpec(attack + " attacked other crops or cuts than the one before");
        }
    }

    private static String place(CropResult crop) {
        return crop.getCut() + RunSpecs.toJson(crop.getCrop());
    }

    private static String editOf(TracedVariant variant) {
        return variant.getEncoder().replaceFirst("^encoders/", "runs/");
    }

    private static List<String> warnings(TracedPruningResult.Builder result, int images) {
        List<String> warnings = new ArrayList<>();
        if (images < FEW) {
            warnings.add("Only %d %s traced: intervals of so few say little.".formatted(images, images == 1 ? "image was" : "images were"));
        }
        String full = result.getLayersList().stream()
                .filter(layer -> layer.getOverlapsList().stream().anyMatch(overlap -> overlap > 0))
                .map(TracedLayer::getLayer)
                .collect(Collectors.joining(", "));
        if (!full.isEmpty()) {
            warnings.add("More than half of the units of %s are pruned, so that the random ones are partly the same: the control is weaker there."
                    .formatted(full));
        }
        return warnings;
    }

    private static <T> T compared(Supplier<T> comparison) {
        try {
            return comparison.get();
        } catch (IllegalArgumentException e) {
            throw RunFailure.dataLoss("the attacks: " + e.getMessage());
        }
    }
}
