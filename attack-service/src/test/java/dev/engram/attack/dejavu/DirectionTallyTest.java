package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectionTallyTest {

    /** Class 0: 3 of 4 by the target, 1 of 4 by the reference; class 2: 0 of 1 and 1 of 1. */
    @Test
    void macroAccuracyWeighsClassesAlike() {
        List<LabelInference> images = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int label = i < 4 ? 0 : 2;
            images.add(new LabelInference(
                    i, label, new NeighborVote(List.of(i < 3 ? 0 : 1, 2), 0), new NeighborVote(i == 0 ? List.of(0, 1) : List.of(i == 4 ? 2 : 1, 0), 0)));
        }
        DirectionTally tally = DirectionTally.of(images);
        assertEquals((3 / 4.0 + 0) / 2, tally.macroTarget());
        assertEquals((1 / 4.0 + 1) / 2, tally.macroReference());
        assertEquals(4 / 5.0, tally.targetTop5Share());
        assertEquals(1.0, tally.referenceTop5Share());
        assertEquals(new FourWayPartition(2, 1, 1, 1), tally.partition());
    }

    @Test
    void aCounterBeginsAnewAfterEachTally() {
        DirectionTally.Counter counter = new DirectionTally.Counter(Inferences.cells(1, 2, 3, 4));
        counter.count(0);
        counter.count(0);
        counter.count(4);
        DirectionTally three = counter.tally();
        assertEquals(new FourWayPartition(2, 0, 1, 0), three.partition());
        assertEquals(List.of(2, 1), List.of(three.targetTop5(), three.referenceTop5()));
        counter.count(9);
        DirectionTally one = counter.tally();
        assertEquals(new FourWayPartition(0, 0, 0, 1), one.partition());
        assertEquals(List.of(0, 0), List.of(one.targetTop5(), one.referenceTop5()));
    }
}
