package dev.engram.encoders.data;

import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The partition of the déjà vu attack, class by class, from images of which some have boxes (Meehan et al., NeurIPS 2023, <a
 * href="https://arxiv.org/abs/2304.13850">arXiv:2304.13850</a>). Of n images a class in each training set:
 *
 * <ol>
 *   <li>nb = min(⌊boxed/2⌋, n): the first nb boxed images are the candidates (Ā), the next nb the independents (B̄), the rest public (X);
 *   <li>the first n - nb images without boxes are shared by both training sets, the rest public;
 *   <li>so f trains on Ā ∪ S, g on B̄ ∪ S, and only images with boxes are attacked. A class that has fewer images gives fewer.
 * </ol>
 *
 * <p>The order within a class is drawn from the seed, or that of the data set; it does not depend on n, so public sets of growing n are
 * nested, and X of the largest n is public for all of them. Images with equal pixels are treated as {@link SplitMaker} does: the first is
 * kept, groups whose labels differ are left out.
 *
 * @param perClass n, at least 1
 * @param publicPerClass take the public set of this n, at least {@code perClass}: what it leaves unused keeps several sizes comparable
 * @param externalPerClass so many images a class of the public set become external points instead, at least 0: a class-balanced
 *     validation set
 * @param seed draws the order
 * @param inOrder take images in the order of the data set instead
 */
public record BoxPartition(int perClass, int publicPerClass, int externalPerClass, long seed, boolean inOrder) {

    public BoxPartition {
        if (perClass < 1 || publicPerClass < perClass || externalPerClass < 0) {
            throw new IllegalArgumentException(
                    "a partition needs 1 <= perClass <= publicPerClass and externalPerClass >= 0, not %d, %d, %d"
                            .formatted(perClass, publicPerClass, externalPerClass));
        }
    }

    /**
     * Makes the split; verified, with every invariant of the partition asserted.
     *
     * @throws InvalidSplitException naming what the data set lacks: boxes, or images of a class
     */
    public SplitMaker.Drawn make(ImageSet set) {
        Duplicates duplicates = Duplicates.of(set);
        boolean[] eligible = SplitMaker.eligible(set.size(), duplicates);
        List<List<Integer>> classes = new ArrayList<>();
        set.classNames().forEach(name -> classes.add(new ArrayList<>()));
        int leftOut = 0;
        for (int index : order(set)) {
            if (eligible[index]) {
                classes.get(set.label(index)).add(index);
            } else {
                leftOut++;
            }
        }
        Map<Part, List<Integer>> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, new ArrayList<>());
        }
        List<Integer> series = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            divide(set, label, classes.get(label), parts, series);
        }
        if (parts.get(Part.CANDIDATE).isEmpty()) {
            throw new InvalidSplitException("partition: no class of %s has two images with boxes".formatted(set.name()));
        }
        Map<Part, int[]> indices = new EnumMap<>(Part.class);
        parts.forEach((part, list) -> indices.put(part, SplitMaker.indices(list)));
        Split split = new Split(set.digest(), set.size(), seed, indices);
        SplitVerifier.verify(split, set);
        return new SplitMaker.Drawn(split, duplicates, leftOut, SplitMaker.indices(series), new int[0]);
    }

    private int[] order(ImageSet set) {
        int[] order = new int[set.size()];
        Arrays.setAll(order, index -> index);
        if (!inOrder) {
            StatelessRandom.of(seed, "partition").at(0, 0, 0).shuffle(order);
        }
        return order;
    }

    private void divide(
            ImageSet set, int label, List<Integer> ofClass, Map<Part, List<Integer>> parts, List<Integer> series) {
        List<Integer> boxed = ofClass.stream().filter(index -> !set.boxes(index).isEmpty()).toList();
        List<Integer> bare = ofClass.stream().filter(index -> set.boxes(index).isEmpty()).toList();
        int attacked = attacked(boxed.size(), perClass);
        List<Integer> candidates = boxed.subList(0, attacked);
        List<Integer> independents = boxed.subList(attacked, 2 * attacked);
        List<Integer> shared = bare.subList(0, Math.min(perClass - attacked, bare.size()));
        int largestAttacked = attacked(boxed.size(), publicPerClass);
        int largestShared = Math.min(publicPerClass - largestAttacked, bare.size());
        List<Integer> rest = new ArrayList<>(boxed.subList(2 * largestAttacked, boxed.size()));
        rest.addAll(bare.subList(largestShared, bare.size()));
        if (rest.size() < externalPerClass) {
            throw new InvalidSplitException("partition: class %d (%s) has %d images left, %d external points are asked for"
                    .formatted(label, set.classNames().get(label), rest.size(), externalPerClass));
        }
        List<Integer> ofLarger = new ArrayList<>(boxed.subList(2 * attacked, 2 * largestAttacked));
        ofLarger.addAll(bare.subList(shared.size(), largestShared));
        requireInvariants(candidates, independents, shared, rest, ofLarger.size(), ofClass.size());
        series.addAll(ofLarger);
        parts.get(Part.CANDIDATE).addAll(candidates);
        parts.get(Part.INDEPENDENT).addAll(independents);
        parts.get(Part.SHARED).addAll(shared);
        parts.get(Part.EXTERNAL).addAll(rest.subList(rest.size() - externalPerClass, rest.size()));
        parts.get(Part.PUBLIC).addAll(rest.subList(0, rest.size() - externalPerClass));
    }

    private static int attacked(int boxed, int perClass) {
        return Math.min(boxed / 2, perClass);
    }

    /** What the published script tests of each class; {@link SplitVerifier} tests that parts are disjoint. */
    private void requireInvariants(
            List<Integer> candidates,
            List<Integer> independents,
            List<Integer> shared,
            List<Integer> rest,
            int ofLarger,
            int images) {
        int training = candidates.size() + shared.size();
        int all = training + independents.size() + rest.size() + ofLarger;
        if (candidates.size() != independents.size() || training > perClass || all != images) {
            throw new IllegalStateException("a class was divided into %d, %d, %d and %d of %d images".formatted(
                    candidates.size(), independents.size(), shared.size(), rest.size(), images));
        }
    }
}
