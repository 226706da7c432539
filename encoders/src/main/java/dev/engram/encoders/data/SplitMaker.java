package dev.engram.encoders.data;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Draws a split from a seed so that every part holds each class in the proportion of the whole set (± 1 image) and no two
 * images of the split, in the same part or not, have equal pixels.
 *
 * <p>Of every group of equal images the first is kept and the others are left out; a group whose labels differ is left out
 * whole, because its class cannot be known. All are named in {@link Drawn#duplicates}. Images beyond the sizes asked for are
 * unused. The same set, sizes and seed give the same split.
 *
 * <p>In a set with repeated images every candidate has a counterpart among the independents, of the same repeat count and where there is
 * one of the same class, so that an epoch of f and one of g are equally long.
 */
public final class SplitMaker {
    /** What to do with images whose pixels are equal. */
    public enum DuplicatePolicy {
        /** Keep the first of each group. */
        LEAVE_OUT,
        /** Fail, naming the groups. */
        REFUSE
    }

    /**
     * @param split the split, verified
     * @param duplicates all groups of equal images in the data set
     * @param leftOut how many images were not eligible because of them
     * @param series images in no part that train encoders of larger splits of the same series; none if the split is not one of a series
     * @param spares images that no split of the series needs, in the order in which they would have been drawn: the next public images of their
     *     classes; none where the public set is what the other parts leave, or was listed
     */
    public record Drawn(Split split, Duplicates duplicates, int leftOut, int[] series, int[] spares) {}

    private static final int GROUPS_NAMED = 10;

    private SplitMaker() {}

    /**
     * @throws InvalidSplitException if there are fewer eligible images than asked for, or duplicates under
     *     {@link DuplicatePolicy#REFUSE}
     */
    public static Drawn draw(ImageSet set, SplitSizes sizes, long seed, DuplicatePolicy policy) {
        Duplicates duplicates = Duplicates.of(set);
        if (policy == DuplicatePolicy.REFUSE && !duplicates.groups().isEmpty()) {
            throw new InvalidSplitException(named(duplicates));
        }
        boolean[] eligible = eligible(set.size(), duplicates);
        List<Integer> order = new ArrayList<>(stratifiedOrder(set, eligible, seed));
        if (order.size() < sizes.total()) {
            throw new InvalidSplitException("sizes: %d images are asked for, %s has %d that differ in their pixels"
                    .formatted(sizes.total(), set.name(), order.size()));
        }
        if (set.hasRepeats()) {
            matchRepeats(set, sizes, order);
        }
        Map<Part, int[]> parts = new EnumMap<>(Part.class);
        int from = 0;
        for (Part part : Part.values()) {
            parts.put(part, indices(order.subList(from, from + sizes.of(part))));
            from += sizes.places(part);
        }
        Split split = new Split(set.digest(), set.size(), seed, parts);
        SplitVerifier.verify(split, set);
        return new Drawn(
                split,
                duplicates,
                set.size() - order.size(),
                indices(order.subList(sizes.shared(), sizes.largestShared())),
                indices(order.subList((int) sizes.total(), order.size())));
    }

    static int[] indices(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * One order of all eligible images in which every stretch holds the classes in proportion: the j-th of the n images of a
     * class (shuffled) stands at (j + u) / n, with one u in [0, 1) per class.
     */
    private static List<Integer> stratifiedOrder(ImageSet set, boolean[] eligible, long seed) {
        List<List<Integer>> classes = new ArrayList<>();
        set.classNames().forEach(name -> classes.add(new ArrayList<>()));
        for (int i = 0; i < set.size(); i++) {
            if (eligible[i]) {
                classes.get(set.label(i)).add(i);
            }
        }
        StatelessRandom random = StatelessRandom.of(seed, "split");
        double[] place = new double[set.size()];
        for (int label = 0; label < classes.size(); label++) {
            int[] members = indices(classes.get(label));
            RandomStream draws = random.at(0, label, 0);
            draws.shuffle(members);
            double start = draws.uniform();
            for (int j = 0; j < members.length; j++) {
                place[members[j]] = (j + start) / members.length;
            }
        }
        return classes.stream()
                .flatMap(List::stream)
                .sorted(Comparator.<Integer>comparingDouble(i -> place[i]).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Takes for each independent the first image left in the order that is like the candidate in the same place. */
    private static void matchRepeats(ImageSet set, SplitSizes sizes, List<Integer> order) {
        int candidates = sizes.places(Part.SHARED);
        int independents = candidates + sizes.places(Part.CANDIDATE);
        for (int i = 0; i < Math.min(sizes.candidate(), sizes.independent()); i++) {
            int candidate = order.get(candidates + i);
            List<Integer> left = order.subList(independents + i, order.size());
            IntPredicate repeatedAlike = place -> set.repeatCount(left.get(place)) == set.repeatCount(candidate);
            int found = IntStream.range(0, left.size())
                    .filter(repeatedAlike)
                    .filter(place -> set.label(left.get(place)) == set.label(candidate))
                    .findFirst()
                    .orElseGet(() -> IntStream.range(0, left.size())
                            .filter(repeatedAlike)
                            .findFirst()
                            .orElseThrow(() -> new InvalidSplitException(
                                    "independent: no image with a repeat count of %d is left for the counterpart of image %d"
                                            .formatted(set.repeatCount(candidate), set.id(candidate)))));
            Collections.swap(left, 0, found);
        }
    }

    /** Whether an image may be in a split: the first of equal ones, none where their labels differ. */
    static boolean[] eligible(int images, Duplicates duplicates) {
        boolean[] eligible = new boolean[images];
        Arrays.fill(eligible, true);
        for (Duplicates.Group group : duplicates.groups()) {
            group.indices().forEach(i -> eligible[i] = false);
            eligible[group.indices().getFirst()] = !group.labelsDiffer();
        }
        return eligible;
    }

    private static List<String> named(Duplicates duplicates) {
        List<Duplicates.Group> groups = duplicates.groups();
        List<String> problems = new ArrayList<>();
        groups.stream().limit(GROUPS_NAMED).forEach(group -> problems.add("duplicates: images %s have equal pixels%s"
                .formatted(group.indices(), group.labelsDiffer() ? " and different labels" : "")));
        if (groups.size() > GROUPS_NAMED) {
            problems.add("duplicates: and %d groups more".formatted(groups.size() - GROUPS_NAMED));
        }
        return problems;
    }
}
