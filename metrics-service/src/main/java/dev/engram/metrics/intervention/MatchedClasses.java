package dev.engram.metrics.intervention;

import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.v1.ExchangeSpec.ClassMatch;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * External points of one data set as examples for a head that learned the classes of another. CIFAR-10 and STL-10 have nine classes in common, in
 * another order.
 *
 * @param rows of the external points whose class the head knows
 * @param labels of these in the head's numbers
 */
record MatchedClasses(int[] rows, int[] labels) {

    static MatchedClasses of(ProbedData head, ProbedData other, ClassMatch match) {
        int[] known = IntStream.range(0, other.images().classNames().size())
                .map(label -> match == ClassMatch.BY_INDEX ? sameIndex(head, label) : sameName(head, other.images().classNames().get(label)))
                .toArray();
        int[] labels = other.heldOutLabels();
        int[] rows = IntStream.range(0, labels.length).filter(row -> known[labels[row]] >= 0).toArray();
        return new MatchedClasses(rows, Arrays.stream(rows).map(row -> known[labels[row]]).toArray());
    }

    private static int sameIndex(ProbedData head, int label) {
        return label < head.images().classNames().size() ? label : -1;
    }

    private static int sameName(ProbedData head, String name) {
        List<String> names = head.images().classNames().stream().map(own -> own.toLowerCase(Locale.ROOT)).toList();
        return names.indexOf(name.toLowerCase(Locale.ROOT));
    }

    /** Whether no image has a class that the head knows. */
    boolean isEmpty() {
        return rows.length == 0;
    }

    /** The examples among the features of all external points. */
    LinearProbe.HeldOut among(FeatureMatrix heldOut) {
        FeatureMatrix features = FeatureMatrix.zeros(rows.length, heldOut.dimension());
        for (int i = 0; i < rows.length; i++) {
            features.put(i, heldOut.row(rows[i]));
        }
        return new LinearProbe.HeldOut(features, labels);
    }
}
