package dev.engram.metrics.task;

import dev.engram.encoders.statistics.TwoSampleTest;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.v1.ImageScore;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.LayerScore;
import dev.engram.v1.SubsetDifference;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.SubsetTest;
import java.util.Arrays;
import java.util.List;

/** LayerMem as its contract's message. */
final class LayerMemMessages {
    private LayerMemMessages() {}

    static LayerMemResult result(SslMemTable table, LayerMem result, int views, LayerMemSpec.Compared compared) {
        return LayerMemResult.newBuilder()
                .addAllLayers(result.rows().stream().map(LayerMemMessages::layer).toList())
                .addAllSslmemTests(result.tests().stream().map(LayerMemMessages::test).toList())
                .setViews(views)
                .setCompared(compared)
                .setNormalization(
                        table.isByRange() ? LayerMemSpec.Normalization.RANGE : LayerMemSpec.Normalization.RATIO)
                .addAllMostMemorized(images(table, result.most()))
                .addAllLeastMemorized(images(table, result.least()))
                .build();
    }

    private static LayerScore layer(LayerMem.Row row) {
        LayerScore.Builder score = LayerScore.newBuilder()
                .setLayer(row.layer().layer())
                .setPoint(row.layer().point())
                .setDepth(row.layer().depth());
        row.subsets().forEach(subset -> score.addSubsets(SubsetScore.newBuilder()
                .setSubset(subset.name())
                .setMean(subset.layerMem().mean())
                .setCiLow(subset.layerMem().low())
                .setCiHigh(subset.layerMem().high())
                .setImages(subset.images())
                .setDegenerate(subset.degenerate())));
        row.differences().forEach(difference -> score.addDifferences(SubsetDifference.newBuilder()
                .setSubset(difference.subset())
                .setAgainst(difference.against())
                .setMean(difference.layerMem().mean())
                .setCiLow(difference.layerMem().low())
                .setCiHigh(difference.layerMem().high())));
        row.deltaConvolution().ifPresent(score::setDeltaConv);
        row.deltaModule().ifPresent(score::setDeltaModule);
        row.deltaBlock().ifPresent(score::setDeltaBlock);
        return score.build();
    }

    private static SubsetTest test(LayerMem.SubsetComparison comparison) {
        TwoSampleTest test = comparison.test();
        return SubsetTest.newBuilder()
                .setSubset(comparison.subset())
                .setAgainst(comparison.against())
                .setAlternative(
                        switch (comparison.alternative()) {
                            case GREATER -> "greater";
                            case TWO_SIDED -> "two-sided";
                        })
                .setDifference(test.difference())
                .setT(test.t())
                .setP(test.p())
                .setWelchP(test.welchP())
                .setEffect(test.effect())
                .build();
    }

    private static List<ImageScore> images(SslMemTable table, int[] positions) {
        return Arrays.stream(positions)
                .mapToObj(position -> ImageScore.newBuilder()
                        .setImageId(table.imageIds()[position])
                        .setScore(table.at(table.wholeEncoder(), position).score())
                        .build())
                .toList();
    }
}
