package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.attack.dejavu.ConfidenceCurve;
import dev.engram.attack.dejavu.DejaVuScore;
import dev.engram.attack.dejavu.FourWayPartition;
import dev.engram.attack.dejavu.LabelInference;
import dev.engram.attack.dejavu.NeighborVote;
import dev.engram.attack.dejavu.PairsBootstrap;
import dev.engram.v1.AccuracyGap;
import dev.engram.v1.ClassGap;
import dev.engram.v1.LeftOutClass;
import dev.engram.v1.MembershipTest;
import dev.engram.v1.OverPairs;
import dev.engram.v1.PairScore;
import dev.engram.v1.RepeatGap;
import dev.engram.v1.RepeatResponse;
import dev.engram.v1.SwapTest;
import dev.engram.v1.TruePositives;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.CurvePoint;
import dev.engram.v1.DirectionResult;
import dev.engram.v1.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** From the figures of the attack to the messages of its result. */
final class ResultMessages {
    private ResultMessages() {}

    static CropResult.Builder crop(Crop crop, DejaVuScore score) {
        CropResult.Builder result = CropResult.newBuilder()
                .setCrop(crop)
                .setTarget(interval(score.top1().target()))
                .setReference(interval(score.top1().reference()))
                .setScore(interval(score.top1().score()))
                .setTop5(gap(score.top5()))
                .setMacro(gap(score.macro()))
                .setMemorized(interval(score.memorized()))
                .setCorrelated(interval(score.correlated()))
                .setMisrepresented(interval(score.misrepresented()))
                .setUnassociated(interval(score.unassociated()))
                .setSwapTest(SwapTest.newBuilder()
                        .setPGreater(score.swapTest().greater())
                        .setPTwoSided(score.swapTest().twoSided()));
        for (ConfidenceCurve.Point point : score.curve().points()) {
            result.addCurve(CurvePoint.newBuilder()
                    .setShare(point.share())
                    .setTarget(point.top1().target())
                    .setReference(point.top1().reference())
                    .setReferenceCommon(point.top1().referenceCommon())
                    .setTargetTop5(point.top5().target())
                    .setReferenceTop5(point.top5().reference())
                    .setReferenceCommonTop5(point.top5().referenceCommon()));
        }
        return result;
    }

    static ClassGap classGap(dev.engram.attack.dejavu.ClassGap gap) {
        FourWayPartition partition = gap.partition();
        return ClassGap.newBuilder()
                .setLabel(gap.label())
                .setMemorized(partition.memorized())
                .setCorrelated(partition.correlated())
                .setMisrepresented(partition.misrepresented())
                .setUnassociated(partition.unassociated())
                .setGap(gap.gap())
                .setP(gap.p())
                .setQ(gap.q())
                .build();
    }

    static MembershipTest membership(dev.engram.attack.dejavu.MembershipTest test) {
        MembershipTest.Builder message = MembershipTest.newBuilder()
                .setScore(test.score().name().toLowerCase(Locale.ROOT))
                .setCandidates(test.members())
                .setIndependents(test.nonMembers())
                .setAuc(interval(test.auc()));
        test.rates().forEach(rate -> message.addTruePositives(TruePositives.newBuilder()
                .setFalsePositiveRate(rate.falsePositives())
                .setTruePositiveRate(interval(rate.truePositives()))));
        return message.build();
    }

    static RepeatResponse repeats(dev.engram.attack.dejavu.RepeatResponse response) {
        RepeatResponse.Builder message =
                RepeatResponse.newBuilder().setPerDoubling(interval(response.perDoubling()));
        response.counts().forEach(count -> message.addCounts(RepeatGap.newBuilder()
                .setRepeatCount(count.repeatCount())
                .setImages(count.images())
                .setGap(gap(count.score().top1()))
                .setMemorized(interval(count.score().memorized()))
                .setMisrepresented(interval(count.score().misrepresented()))));
        return message.build();
    }

    /** @param pairs names, in the order of the result */
    static OverPairs overPairs(List<String> pairs, PairsBootstrap.Result result) {
        OverPairs.Builder message =
                OverPairs.newBuilder().setMean(gap(result.mean())).setDeviation(result.deviation());
        for (int i = 0; i < pairs.size(); i++) {
            message.addPairs(PairScore.newBuilder().setPair(pairs.get(i)).setGap(gap(result.gaps().get(i))));
        }
        return message.build();
    }

    private static AccuracyGap gap(dev.engram.attack.dejavu.AccuracyGap gap) {
        return AccuracyGap.newBuilder()
                .setTarget(interval(gap.target()))
                .setReference(interval(gap.reference()))
                .setScore(interval(gap.score()))
                .build();
    }

    static DirectionResult direction(
            Direction direction, AttackPlan.Attacked attacked, List<LabelInference> images, int[] labels) {
        FourWayPartition partition = FourWayPartition.of(images);
        return DirectionResult.newBuilder()
                .setDirection(direction.key())
                .setImages(partition.images())
                .setTarget(partition.target())
                .setReference(partition.reference())
                .setTargetTop5(top5(images, LabelInference::target))
                .setReferenceTop5(top5(images, LabelInference::reference))
                .setLeftOut(attacked.crops().leftOut().size())
                .setFlat(attacked.contents().flatCount())
                .setRepeated(attacked.contents().repeatedCount())
                .addAllLeftOutClasses(leftOut(attacked.crops(), images, labels))
                .build();
    }

    /** @param labels of all images of the data set */
    private static List<LeftOutClass> leftOut(CropSelection crops, List<LabelInference> images, int[] labels) {
        Map<Integer, LeftOutClass.Builder> classes = new TreeMap<>();
        crops.leftOut().forEach((index, reason) -> {
            LeftOutClass.Builder ofClass = classes.computeIfAbsent(
                    labels[index], label -> LeftOutClass.newBuilder().setLabel(label));
            ofClass.setImages(ofClass.getImages() + 1);
            switch (reason) {
                case NO_BOX -> ofClass.setNoBox(ofClass.getNoBox() + 1);
                case BOX_BEYOND_IMAGE -> ofClass.setBoxBeyondImage(ofClass.getBoxBeyondImage() + 1);
                case TOO_SMALL -> ofClass.setTooSmall(ofClass.getTooSmall() + 1);
            }
        });
        images.stream().map(image -> classes.get(image.label())).filter(Objects::nonNull).forEach(ofClass ->
                ofClass.setImages(ofClass.getImages() + 1));
        return classes.values().stream().map(LeftOutClass.Builder::build).toList();
    }

    private static double top5(List<LabelInference> images, Function<LabelInference, NeighborVote> vote) {
        long right = images.stream().filter(image -> vote.apply(image).isTop5(image.label())).count();
        return (double) right / images.size();
    }

    private static Interval interval(dev.engram.attack.dejavu.Interval interval) {
        return Interval.newBuilder()
                .setValue(interval.value())
                .setCiLow(interval.low())
                .setCiHigh(interval.high())
                .build();
    }
}
