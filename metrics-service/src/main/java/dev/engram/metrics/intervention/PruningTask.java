package dev.engram.metrics.intervention;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.edit.ChosenUnits;
import dev.engram.encoders.edit.EditableLayer;
import dev.engram.encoders.edit.ExchangePart;
import dev.engram.encoders.edit.LayerExchange;
import dev.engram.encoders.edit.LayerScope;
import dev.engram.encoders.edit.Pruning;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningResult;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Accuracy of an encoder's probes by the share of units that are switched off: those with the highest UnitMem, the lowest, or any. The probes are
 * learned anew for every pruned encoder. Cost: a probe of each split for every encoder; can be taken up again after each.
 */
public final class PruningTask implements RunTask {
    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.PRUNING;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        PruningRules.check(spec.getPruning(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        PruningSpec pruning = spec.getPruning();
        Stream<String> first = pruning.getUnitMem().isEmpty()
                ? Stream.of(pruning.getSource())
                : Stream.of(pruning.getSource(), pruning.getUnitMem());
        return Stream.concat(first, pruning.getSplitsList().stream()).toList();
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        PruningSpec spec = run.spec().getPruning();
        run.progress("reading encoder and images", 0, 0, "encoder", Map.of());
        List<ProbedData> data = data(run, spec);
        try (TrainedEncoder source = Inputs.encoder(run, spec.getSource());
                StateDict state = source.state().copy();
                RepeatedProbe probe = new RepeatedProbe(run, source, state, data, spec.getK())) {
            List<EditableLayer> layers = EncoderInputs.layers(source, spec.getLayersList(), "spec.layers");
            List<ExchangePart> whole = layers.stream().map(ExchangePart::of).toList();
            Units units = new Units(layers, scores(run, spec, layers));
            List<PruningVariant> variants = PruningVariant.of(spec);
            PruningResult.Builder found = PruningResult.newBuilder();
            int done = SweepPoints.resume(run, found);
            run.progress("probing", done, variants.size(), "encoder", Map.of());
            for (PruningVariant variant : variants.subList(done, variants.size())) {
                ChosenUnits chosen = units.choose(variant);
                LayerExchange.apply(state, source.state(), whole, LayerScope.LAYER_AND_NORM);
                Pruning.apply(state, chosen);
                PruningResult.Trial.Builder trial = trial(variant, chosen);
                data.forEach(split -> trial.addProbes(probe.probe(probe.features(split), List.of()).split()));
                found.addTrials(trial);
                run.progress("probing", ++done, variants.size(), "encoder", Map.of("linear", trial.getProbes(0).getLinear()));
                SweepPoints.after(run, done, found.build());
            }
            found.setUnits(layers.stream().mapToInt(EditableLayer::units).sum())
                    .setK(probe.neighbors())
                    .addAllLayers(layers.stream().map(EditableLayer::path).toList())
                    .addAllPoints(PruningPoints.of(spec, data.stream().map(ProbedData::split).toList(), found.getTrialsList()));
            run.publish("result", "pruning", PruningFiles.write(found.build(), run.scratch()));
        }
    }

    private static List<ProbedData> data(RunContext run, PruningSpec spec) throws IOException {
        List<String> splits = spec.getSplitsCount() == 0
                ? List.of(ProbedData.splitOf(run, spec.getSource(), "spec.splits"))
                : spec.getSplitsList();
        List<ProbedData> data = new ArrayList<>();
        for (String split : splits) {
            data.add(ProbedData.read(run, split, "spec.splits"));
        }
        return data;
    }

    private static Map<String, double[]> scores(RunContext run, PruningSpec spec, List<EditableLayer> layers) throws IOException {
        return spec.getUnitMem().isEmpty()
                ? Map.of()
                : UnitScores.read(run, spec.getUnitMem(), "spec.unit_mem", spec.getSource(), layers, spec.getBeforeActivation());
    }

    private static PruningResult.Trial.Builder trial(PruningVariant variant, ChosenUnits chosen) {
        return PruningResult.Trial.newBuilder()
                .setStrategy(variant.strategy())
                .setPool(variant.pool())
                .setShare(variant.share())
                .setSeed(variant.seed())
                .setPruned(chosen.count())
                .setSpared(chosen.spared());
    }

    /** What can be pruned, and in which order. */
    private record Units(List<EditableLayer> layers, Map<String, double[]> scores) {
        ChosenUnits choose(PruningVariant variant) {
            var pool = EditRules.pool(variant.pool());
            try {
                return variant.strategy() == By.HIGHEST || variant.strategy() == By.LOWEST
                        ? ChosenUnits.byScore(layers, scores, variant.strategy() == By.HIGHEST, variant.share(), pool)
                        : ChosenUnits.atRandom(layers, variant.seed(), variant.share(), pool);
            } catch (IllegalArgumentException e) {
                throw RunFailure.invalidSpec("spec.unit_mem: " + e.getMessage());
            }
        }
    }
}
