package dev.engram.metrics.intervention;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.edit.ExchangePart;
import dev.engram.encoders.edit.LayerExchange;
import dev.engram.encoders.edit.LayerScope;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ExchangeResult;
import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an encoder loses on its own data and gains on another's when layers of the other's encoder take the place of its own: every layer, every
 * pair, every triple. Cost: a probe of both splits for every set; can be taken up again after each.
 */
public final class ExchangeTask implements RunTask {
    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.EXCHANGE;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        ExchangeRules.check(spec.getExchange(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        ExchangeSpec exchange = spec.getExchange();
        return Stream.concat(
                        Stream.of(exchange.getSource(), exchange.getOther()),
                        Stream.of(exchange.getSourceSplit(), exchange.getOtherSplit(), exchange.getLayerMem()).filter(name -> !name.isEmpty()))
                .distinct()
                .toList();
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        ExchangeSpec spec = run.spec().getExchange();
        run.progress("reading encoders and images", 0, 0, "encoder", Map.of());
        ProbedData own = data(run, spec.getSourceSplit(), spec.getSource(), "spec.source_split");
        ProbedData others = data(run, spec.getOtherSplit(), spec.getOther(), "spec.other_split");
        MatchedClasses matched = MatchedClasses.of(own, others, spec.getClasses());
        try (TrainedEncoder source = Inputs.encoder(run, spec.getSource());
                TrainedEncoder other = EncoderInputs.readSame(run, source, spec.getOther(), "spec.other");
                StateDict state = source.state().copy();
                RepeatedProbe probe = new RepeatedProbe(run, source, state, List.of(own, others), spec.getK())) {
            List<ExchangePart> parts = EncoderInputs.parts(source, spec.getLayersList(), "spec.layers");
            List<String> paths = parts.stream().map(ExchangePart::path).toList();
            requireFeasible(spec, parts.size());
            Map<List<String>, List<String>> names = names(run, spec, parts);
            Exchanged exchanged = new Exchanged(probe, own, others, matched);
            List<List<Integer>> sets = LayerSets.upTo(ExchangeRules.largest(spec), parts.size());
            ExchangeResult.Builder found = ExchangeResult.newBuilder();
            int done = SweepPoints.resume(run, found);
            run.progress("probing", done, sets.size(), "encoder", Map.of());
            for (List<Integer> set : sets.subList(done, sets.size())) {
                LayerExchange.apply(state, source.state(), parts, LayerScope.LAYER_AND_NORM);
                LayerExchange.apply(
                        state, other.state(), set.stream().map(parts::get).toList(), EditRules.scope(spec.getScope(), LayerScope.LAYER_AND_NORM));
                List<String> exchangedPaths = set.stream().map(paths::get).toList();
                found.addSets(exchanged.probed()
                        .addAllLayers(exchangedPaths)
                        .addAllNames(names.getOrDefault(exchangedPaths, List.of())));
                run.progress("probing", ++done, sets.size(), "encoder", Map.of("linear", found.getSets(done - 1).getSource().getLinear()));
                SweepPoints.after(run, done, found.build());
            }
            found.addAllLayers(paths)
                    .setMatchedImages(matched.rows().length)
                    .setOtherImages(others.heldOut().length)
                    .setK(probe.neighbors());
            run.publish("result", "exchange", ExchangeFiles.write(found.build(), run.scratch()));
        }
    }

    private static ProbedData data(RunContext run, String split, String encoder, String field) throws IOException {
        return ProbedData.read(run, split.isEmpty() ? ProbedData.splitOf(run, encoder, field) : split, field);
    }

    private static void requireFeasible(ExchangeSpec spec, int layers) {
        long sets = LayerSets.count(ExchangeRules.largest(spec), layers);
        if (sets > ExchangeRules.MOST_SETS) {
            throw RunFailure.invalidSpec("spec.layers: %d layers have %d sets of up to %d, more than %d; name fewer, or set spec.largest"
                    .formatted(layers, sets, ExchangeRules.largest(spec), ExchangeRules.MOST_SETS));
        }
    }

    private static Map<List<String>, List<String>> names(RunContext run, ExchangeSpec spec, List<ExchangePart> parts) throws IOException {
        return spec.getLayerMem().isEmpty()
                ? Map.of()
                : NamedSets.of(LayerScores.read(run, spec.getLayerMem(), spec.getSource(), parts), ExchangeRules.largest(spec));
    }

    /** Probes the state as it is, by both protocols. */
    private record Exchanged(RepeatedProbe probe, ProbedData own, ProbedData others, MatchedClasses matched) {
        ExchangeResult.Set.Builder probed() {
            RepeatedProbe.Features ownFeatures = probe.features(own);
            RepeatedProbe.Features otherFeatures = probe.features(others);
            List<LinearProbe.HeldOut> transferred = matched.isEmpty() ? List.of() : List.of(matched.among(otherFeatures.heldOut()));
            RepeatedProbe.Found onOwn = probe.probe(ownFeatures, transferred);
            return ExchangeResult.Set.newBuilder()
                    .setSource(onOwn.split())
                    .setOther(probe.probe(otherFeatures, List.of()).split())
                    .setTransfer(onOwn.others().isEmpty() ? Double.NaN : onOwn.others().getFirst());
        }
    }
}
