package dev.engram.metrics.result;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.agreement.RankingAgreement;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunStateException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.Agreement;
import dev.engram.v1.AgreementLayer;
import dev.engram.v1.GetAgreementRequest;
import dev.engram.v1.LayerAgreement;
import dev.engram.v1.RunSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Agreement of the layers of a LayerMem with each other, or with the same layers of another one. Throws {@link InvalidRunException} with
 * every wrong field, {@link ObjectNotFoundException} if there is no such run, and {@link RunStateException} until it has succeeded. Thread-safe.
 */
public final class AgreementResults {
    private static final Set<String> DEFAULT_POINTS = Set.of("conv", "linear", "add");
    /** Comparisons times images that a request may cost: a few seconds. */
    private static final long MOST_WORK = 30_000_000;

    private final ResultArtifacts artifacts;
    private final ResultFiles files;

    AgreementResults(ResultArtifacts artifacts, ResultFiles files) {
        this.artifacts = artifacts;
        this.files = files;
    }

    public Agreement agreement(GetAgreementRequest request) {
        FieldViolations violations = new FieldViolations();
        String subset = request.getSubset().isEmpty() ? LayerMem.CANDIDATE : request.getSubset();
        violations.require(
                LayerMem.SUBSETS.contains(subset),
                "subset",
                "must be one of %s, or empty for candidate, is \"%s\"".formatted(LayerMem.SUBSETS, subset));
        violations.require(request.getTop() >= 0, "top", "must be at least 1, or 0 for the default, is " + request.getTop());
        FinishedRun run = artifacts.find("run", request.getRun(), RunSpec.TaskCase.LAYER_MEM, violations);
        SslMemTable table = files.table(run.artifact());
        List<MeasuredLayer> layers = layers(request, table, violations);
        if (request.getOtherRun().isEmpty()) {
            Scores scores = Scores.of(table, layers, table.positions(subset));
            return new Comparison(scores, scores, layers).eachOther(top(request, scores, layers, violations));
        }
        FinishedRun other = artifacts.find("other_run", request.getOtherRun(), RunSpec.TaskCase.LAYER_MEM, violations);
        SslMemTable otherTable = files.table(other.artifact());
        requireSameSplit(run, other, violations);
        List<String> missing = layers.stream()
                .filter(layer -> !otherTable.layers().contains(layer))
                .map(MeasuredLayer::layer)
                .toList();
        violations.require(missing.isEmpty(), "other_run", "has no rows " + missing + ": it is of another network");
        ResultArtifacts.refuse(violations);
        int[] first = table.positions(subset);
        int[] second = otherTable.positions(subset);
        Scores scores = Scores.of(table, layers, common(table, first, otherTable, second));
        Scores others = Scores.of(otherTable, layers, common(otherTable, second, table, first));
        return new Comparison(scores, others, layers).eachWithItself(top(request, scores, layers, violations)).toBuilder()
                .addAllWarnings(new Comparability(artifacts::augmentation).of(
                        run.spec().getLayerMem(), first.length, other.spec().getLayerMem(), second.length, scores.ids().length))
                .build();
    }

    private static List<MeasuredLayer> layers(GetAgreementRequest request, SslMemTable table, FieldViolations violations) {
        Set<String> wanted = Set.copyOf(request.getLayersList());
        List<MeasuredLayer> layers = wanted.isEmpty()
                ? usual(table.layers())
                : table.layers().stream().filter(layer -> wanted.contains(layer.layer())).toList();
        for (int i = 0; i < request.getLayersCount(); i++) {
            String layer = request.getLayers(i);
            violations.require(
                    layers.stream().anyMatch(row -> row.layer().equals(layer)),
                    "layers[" + i + "]",
                    "is no row of the run's result: \"" + layer + "\"");
        }
        return layers;
    }

    /** What a network computes anew, and its output, the row of SSLMem, whatever that is. */
    static List<MeasuredLayer> usual(List<MeasuredLayer> all) {
        return all.stream().filter(layer -> DEFAULT_POINTS.contains(layer.point()) || layer.equals(all.getLast())).toList();
    }

    private static int top(GetAgreementRequest request, Scores scores, List<MeasuredLayer> layers, FieldViolations violations) {
        int images = scores.ids().length;
        violations.require(images >= 2, "subset", "has %d images to compare, at least 2 are needed".formatted(images));
        violations.require(request.getTop() <= images, "top", "must be at most %d, the images compared, is %d".formatted(images, request.getTop()));
        long pairs = request.getOtherRun().isEmpty() ? layers.size() * (layers.size() - 1L) / 2 : layers.size();
        violations.require(
                pairs * images <= MOST_WORK,
                "layers",
                "%d comparisons of %d images are too many for one request; name the layers that matter".formatted(pairs, images));
        ResultArtifacts.refuse(violations);
        return request.getTop() == 0 ? RankingAgreement.usualTop(images) : request.getTop();
    }

    private void requireSameSplit(FinishedRun run, FinishedRun other, FieldViolations violations) {
        String split = artifacts.pair(run.spec().getLayerMem().getPair()).split();
        String otherSplit = artifacts.pair(other.spec().getLayerMem().getPair()).split();
        violations.require(
                split.equals(otherSplit),
                "other_run",
                "must be over the same split: the first is over %s, this one over %s".formatted(split, otherSplit));
        ResultArtifacts.refuse(violations);
    }

    /** Those of {@code positions} whose images are in the other table's {@code others} too, by image id. */
    private static int[] common(SslMemTable table, int[] positions, SslMemTable other, int[] others) {
        Set<Integer> ids = new HashSet<>();
        IntStream.of(others).forEach(i -> ids.add(other.imageIds()[i]));
        return IntStream.of(positions)
                .filter(i -> ids.contains(table.imageIds()[i]))
                .boxed()
                .sorted(Comparator.comparingInt(i -> table.imageIds()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Scores of the same images at some layers, {@code [L][N]}. */
    private record Scores(int[] ids, double[][] byLayer) {
        static Scores of(SslMemTable table, List<MeasuredLayer> layers, int[] positions) {
            Map<MeasuredLayer, Integer> rows = new HashMap<>();
            IntStream.range(0, table.layers().size()).forEach(i -> rows.put(table.layers().get(i), i));
            ToIntFunction<MeasuredLayer> row = rows::get;
            return new Scores(
                    Arrays.stream(positions).map(i -> table.imageIds()[i]).toArray(),
                    layers.stream().map(layer -> table.scores(row.applyAsInt(layer), positions)).toArray(double[][]::new));
        }

        List<Set<Integer>> tops(int size) {
            return Arrays.stream(byLayer).map(scores -> RankingAgreement.top(scores, ids, size)).toList();
        }
    }

    private record Comparison(Scores first, Scores second, List<MeasuredLayer> layers) {
        Agreement eachOther(int top) {
            List<Set<Integer>> tops = first.tops(top);
            Agreement.Builder agreement = start(top);
            for (int i = 0; i < layers.size(); i++) {
                for (int j = i + 1; j < layers.size(); j++) {
                    agreement.addPairs(message(i, j, tops.get(i), tops.get(j)));
                }
            }
            return agreement.build();
        }

        Agreement eachWithItself(int top) {
            List<Set<Integer>> tops = first.tops(top);
            List<Set<Integer>> others = second.tops(top);
            Agreement.Builder agreement = start(top);
            for (int i = 0; i < layers.size(); i++) {
                agreement.addPairs(message(i, i, tops.get(i), others.get(i)));
            }
            return agreement.build();
        }

        private Agreement.Builder start(int top) {
            Agreement.Builder agreement = Agreement.newBuilder().setImages(first.ids().length).setTop(top);
            layers.forEach(layer -> agreement.addLayers(AgreementLayer.newBuilder()
                    .setLayer(layer.layer())
                    .setPoint(layer.point())
                    .setDepth(layer.depth())));
            return agreement;
        }

        private LayerAgreement message(int i, int j, Set<Integer> top, Set<Integer> otherTop) {
            RankingAgreement found = RankingAgreement.of(first.byLayer()[i], top, second.byLayer()[j], otherTop);
            return LayerAgreement.newBuilder()
                    .setFirst(i)
                    .setSecond(j)
                    .setCommon(found.common())
                    .setOverlap(found.overlap())
                    .setTau(found.all().value())
                    .setP(found.all().p())
                    .setTauUnion(found.union().value())
                    .setPUnion(found.union().p())
                    .setUnion(found.unionSize())
                    .build();
        }
    }
}
