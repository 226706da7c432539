package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassGapTest {

    /** scipy.stats.false_discovery_control: {@code src/test/oracle/attack_statistics.py}. */
    @Test
    void adjustsAsBenjaminiAndHochberg() {
        assertArrayEquals(
                new double[] {0.04, 0.064, 0.064, 0.04, 0.26666666666666666, 0.064, 1, 1},
                FalseDiscovery.adjusted(new double[] {0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 0.9, 1}),
                1e-15);
        assertArrayEquals(new double[0], FalseDiscovery.adjusted(new double[0]));
    }

    @Test
    void takesBothDirectionsOfAClassTogether() {
        List<LabelInference> candidates = of(2, 7, 1);
        List<LabelInference> independents = of(2, 1, 0);
        candidates.addAll(of(4, 3, 3));
        List<ClassGap> gaps = ClassGap.of(List.of(candidates, independents), 6);
        assertEquals(List.of(2, 4), gaps.stream().map(ClassGap::label).toList());
        assertEquals(new FourWayPartition(8, 0, 1, 0), gaps.getFirst().partition());
        assertEquals(7.0 / 9, gaps.getFirst().gap());
        assertEquals(0.0390625, gaps.getFirst().p(), 1e-12);
        assertEquals(2 * 0.0390625, gaps.getFirst().q(), 1e-12);
        assertEquals(0.0, gaps.getLast().gap());
        assertEquals(1.0, gaps.getLast().q(), 1e-12);
    }

    private static List<LabelInference> of(int label, int memorized, int misrepresented) {
        NeighborVote right = new NeighborVote(List.of(label), 0);
        NeighborVote wrong = new NeighborVote(List.of(label + 1), 0);
        List<LabelInference> images = new ArrayList<>();
        for (int i = 0; i < memorized + misrepresented; i++) {
            boolean target = i < memorized;
            images.add(new LabelInference(i, label, target ? right : wrong, target ? wrong : right));
        }
        return images;
    }
}
