package dev.engram.attack.run;

import dev.engram.attack.dejavu.ConfidenceCurve;
import dev.engram.attack.dejavu.DejaVuScore;
import dev.engram.attack.dejavu.FourWayPartition;
import dev.engram.attack.dejavu.LabelInference;
import dev.engram.attack.dejavu.NeighborVote;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.CurvePoint;
import dev.engram.v1.DirectionResult;
import dev.engram.v1.Interval;
import java.util.List;
import java.util.function.Function;

/** From the figures of the attack to the messages of its result. */
final class ResultMessages {
    private ResultMessages() {}

    static CropResult.Builder crop(Crop crop, DejaVuScore score) {
        CropResult.Builder result = CropResult.newBuilder()
                .setCrop(crop)
                .setTarget(interval(score.target()))
                .setReference(interval(score.reference()))
                .setScore(interval(score.score()))
                .setMemorized(interval(score.memorized()))
                .setCorrelated(interval(score.correlated()))
                .setMisrepresented(interval(score.misrepresented()))
                .setUnassociated(interval(score.unassociated()));
        for (ConfidenceCurve.Point point : score.curve().points()) {
            result.addCurve(CurvePoint.newBuilder()
                    .setShare(point.share())
                    .setTarget(point.target())
                    .setReference(point.reference())
                    .setReferenceCommon(point.referenceCommon()));
        }
        return result;
    }

    static DirectionResult direction(Direction direction, AttackPlan.Attacked attacked, List<LabelInference> images) {
        FourWayPartition partition = FourWayPartition.of(images);
        return DirectionResult.newBuilder()
                .setDirection(direction.key())
                .setImages(partition.images())
                .setTarget(partition.target())
                .setReference(partition.reference())
                .setTargetTop5(top5(images, LabelInference::target))
                .setReferenceTop5(top5(images, LabelInference::reference))
                .setLeftOut(attacked.crops().leftOut())
                .setFlat(attacked.contents().flatCount())
                .setRepeated(attacked.contents().repeatedCount())
                .build();
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
