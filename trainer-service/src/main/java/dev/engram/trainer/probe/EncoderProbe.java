package dev.engram.trainer.probe;

import dev.engram.encoders.corrupt.CorruptedImages;
import dev.engram.encoders.corrupt.Corruption;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.KnnProbe;
import dev.engram.encoders.eval.LinearClassifier;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.encoders.eval.ProbeAccuracy;
import dev.engram.encoders.eval.RankMe;
import dev.engram.encoders.eval.Sparsity;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunContext;
import dev.engram.v1.ProbeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Probes of one encoder at several layers.
 *
 * @param name what results call it
 * @param training positions of the images that probes learn from
 * @param heldOut positions of those they are scored on
 * @param corrupted positions of those that are corrupted
 */
record EncoderProbe(
        RunContext run, String name, ImageSet images, int[] training, int[] heldOut, int[] corrupted, int k, ProbeSpec spec,
        FeatureProgress progress) {

    /** Everything that was asked for. */
    ProbeTable.Encoder of(TrainedEncoder encoder, LayerFeatures features) {
        Map<String, FeatureMatrix> learned = features.whole(encoder.state(), images, training, progress);
        Map<String, FeatureMatrix> scored = features.whole(encoder.state(), images, heldOut, progress);
        List<ProbeTable.Row> rows = new ArrayList<>();
        Map<String, LinearClassifier> probes = new LinkedHashMap<>();
        for (Map.Entry<String, FeatureMatrix> layer : learned.entrySet()) {
            FeatureMatrix unseen = scored.get(layer.getKey());
            ProbeAccuracy knn = knn(layer.getKey(), layer.getValue(), unseen);
            LinearProbe.Fitted fitted = linear("fitting the linear probe of ", layer.getKey(), layer.getValue(), unseen);
            probes.put(layer.getKey(), fitted.classifier());
            rows.add(new ProbeTable.Row(
                    name, layer.getKey(), unseen.dimension(), fitted.scores().heldOut().getFirst(), fitted.scores().training(), knn,
                    spec.getStatistics() ? Optional.of(statistics(layer.getKey(), layer.getValue(), unseen)) : Optional.empty()));
        }
        return new ProbeTable.Encoder(rows, corrupted(encoder, features, probes));
    }

    private ProbeAccuracy knn(String layer, FeatureMatrix learned, FeatureMatrix unseen) {
        run.checkStop();
        run.progress("probing %s of %s by nearest neighbors".formatted(layer, name), 0, 0, "image", Map.of());
        return KnnProbe.heldOut(
                learned.normalized(), images.labels(training), unseen.normalized(), images.labels(heldOut), k, run.threads(),
                (done, total) -> run.checkStop());
    }

    private LinearProbe.Fitted linear(String what, String layer, FeatureMatrix learned, FeatureMatrix unseen) {
        run.checkStop();
        run.progress(what + layer + " of " + name, 0, 0, "image", Map.of());
        return LinearProbe.fitted(
                learned, images.labels(training), List.of(new LinearProbe.HeldOut(unseen, images.labels(heldOut))),
                LinearProbe.DEFAULT_PENALTY, iterations -> run.checkStop());
    }

    private ProbeTable.Statistics statistics(String layer, FeatureMatrix learned, FeatureMatrix unseen) {
        var binarized = linear(
                "fitting the binarized probe of ", layer, Sparsity.binarized(learned), Sparsity.binarized(unseen));
        run.checkStop();
        run.progress("finding the rank of %s of %s".formatted(layer, name), 0, 0, "image", Map.of());
        try (RankMe rank = new RankMe()) {
            return new ProbeTable.Statistics(binarized.scores().heldOut().getFirst(), rank.of(unseen), Sparsity.of(unseen));
        }
    }

    /** One corruption and severity after the other: their images are held one at a time. */
    private List<ProbeTable.Corrupted> corrupted(
            TrainedEncoder encoder, LayerFeatures features, Map<String, LinearClassifier> probes) {
        List<ProbeTable.Corrupted> rows = new ArrayList<>();
        int[] all = IntStream.range(0, corrupted.length).toArray();
        for (Corruption corruption : CorruptionRules.of(spec)) {
            for (int severity = 1; severity <= Corruption.SEVEREST; severity++) {
                run.checkStop();
                ImageSet spoiled = CorruptedImages.of(images, corrupted, corruption, severity, spec.getSeed());
                Map<String, FeatureMatrix> seen = features.whole(encoder.state(), spoiled, all, progress);
                for (Map.Entry<String, LinearClassifier> probe : probes.entrySet()) {
                    rows.add(new ProbeTable.Corrupted(
                            name, probe.getKey(), corruption, severity, probe.getValue().score(seen.get(probe.getKey()), spoiled.labels())));
                }
            }
        }
        return rows;
    }
}
