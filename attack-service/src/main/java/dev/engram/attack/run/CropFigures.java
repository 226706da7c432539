package dev.engram.attack.run;

import static java.util.Objects.requireNonNull;

import dev.engram.attack.dejavu.ClassGap;
import dev.engram.attack.dejavu.ConfidenceCurve;
import dev.engram.attack.dejavu.DejaVuScore;
import dev.engram.attack.dejavu.LabelInference;
import dev.engram.attack.dejavu.MembershipTest;
import dev.engram.attack.dejavu.PairedBootstrap;
import dev.engram.attack.dejavu.PairsBootstrap;
import dev.engram.attack.dejavu.RepeatResponse;
import dev.engram.v1.DejaVuSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is computed from the votes on one crop at one cut.
 *
 * @param rows of the attacked pair, candidates then independents
 * @param directions curves of the directions alone
 * @param repeats empty if no attacked image is repeated
 * @param overPairs null for a single pair
 */
record CropFigures(
        List<List<AttackedRow>> rows,
        DejaVuScore score,
        List<ConfidenceCurve> directions,
        List<ClassGap> classes,
        List<MembershipTest> membership,
        Optional<RepeatResponse> repeats,
        PairsBootstrap.Result overPairs) {

    /** @param pairs rows of the attacked pair and its replicates: of each, candidates then independents */
    static CropFigures of(List<List<List<AttackedRow>>> pairs, DejaVuSpec spec, int classes, Runnable stopPoint) {
        int resamples = spec.getResamples() == 0 ? DejaVuRules.DEFAULT_RESAMPLES : spec.getResamples();
        List<List<List<LabelInference>>> inferences = pairs.stream()
                .map(directions -> directions.stream().map(CropFigures::inferences).toList())
                .toList();
        List<List<LabelInference>> own = inferences.getFirst();
        List<MembershipTest> membership = new ArrayList<>();
        for (MembershipTest.Score tested : MembershipTest.Score.values()) {
            membership.add(MembershipTest.of(
                    tested, own.getFirst(), own.getLast(), resamples, spec.getSeed(), requireNonNull(stopPoint)));
        }
        Map<Integer, Integer> repeatCounts = new HashMap<>();
        pairs.getFirst().forEach(rows -> rows.forEach(row -> repeatCounts.put(row.inference().image(), row.repeatCount())));
        return new CropFigures(
                pairs.getFirst(),
                DejaVuScore.of(
                        own.getFirst(), own.getLast(), new PairedBootstrap(own, resamples, spec.getSeed(), stopPoint)),
                own.stream().map(ConfidenceCurve::of).toList(),
                ClassGap.of(own, classes),
                membership,
                RepeatResponse.of(own, image -> repeatCounts.get(image.image()), resamples, spec.getSeed(), stopPoint),
                pairs.size() == 1 ? null : PairsBootstrap.of(inferences, resamples, spec.getSeed(), stopPoint));
    }

    List<LabelInference> inferences(Direction direction) {
        return inferences(rows.get(direction.ordinal()));
    }

    private static List<LabelInference> inferences(List<AttackedRow> rows) {
        return rows.stream().map(AttackedRow::inference).toList();
    }
}
