package dev.engram.encoders.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks a split against its data set: the right set, every index in range, no image twice, no two images with equal pixels in
 * different parts. All problems are reported together; of each kind at most {@value #NAMED} examples, then their number.
 */
public final class SplitVerifier {
    static final int NAMED = 5;

    private final List<String> problems = new ArrayList<>();

    private SplitVerifier() {}

    /** @throws InvalidSplitException with every problem found */
    public static void verify(Split split, ImageSet set) {
        SplitVerifier verifier = new SplitVerifier();
        verifier.checkDataset(split, set);
        verifier.checkIndices(split, set);
        if (!verifier.problems.isEmpty()) {
            throw new InvalidSplitException(verifier.problems);
        }
    }

    private void checkDataset(Split split, ImageSet set) {
        if (!set.digest().equals(split.dataset())) {
            problems.add("dataset: the split was made for %s, %s is %s"
                    .formatted(split.dataset(), set.name(), set.digest()));
        }
        if (set.size() != split.images()) {
            problems.add("images: the split was made for %d images, %s has %d"
                    .formatted(split.images(), set.name(), set.size()));
        }
    }

    private void checkIndices(Split split, ImageSet set) {
        Findings outside = new Findings("indices outside 0 … " + (set.size() - 1));
        Findings repeated = new Findings("images in more than one place");
        Findings equal = new Findings("equal pixels in different parts");
        Part[] owner = new Part[set.size()];
        Part[] ownerOfPixels = new Part[set.size()];
        int[] representative = Duplicates.of(set).representatives(set.size());
        for (Part part : Part.values()) {
            for (int index : split.indices(part)) {
                if (index < 0 || index >= set.size()) {
                    outside.add(part.key() + ": " + index);
                    continue;
                }
                if (owner[index] != null) {
                    repeated.add("%s and %s: image %d".formatted(owner[index].key(), part.key(), index));
                    continue;
                }
                owner[index] = part;
                int first = representative[index];
                if (ownerOfPixels[first] != null && ownerOfPixels[first] != part) {
                    equal.add("%s and %s: image %d".formatted(ownerOfPixels[first].key(), part.key(), index));
                }
                ownerOfPixels[first] = part;
            }
        }
        outside.reportTo(problems);
        repeated.reportTo(problems);
        equal.reportTo(problems);
    }

    private static final class Findings {
        private final String kind;
        private final List<String> examples = new ArrayList<>();
        private int count;

        Findings(String kind) {
            this.kind = kind;
        }

        void add(String example) {
            count++;
            if (examples.size() < NAMED) {
                examples.add(example);
            }
        }

        void reportTo(List<String> problems) {
            examples.forEach(example -> problems.add(example + " (" + kind + ")"));
            if (count > examples.size()) {
                problems.add("and %d more: %s".formatted(count - examples.size(), kind));
            }
        }
    }
}
