package dev.engram.metrics.task;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.runs.RunFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which images are measured: of each part of a split some, in an order that follows from the seed alone. Fewer drawn images are the beginning of more, so
 * measures of other numbers of images go through the same blocks as far as they can.
 *
 * @param groups in the order of measuring
 */
record MeasuredImages(List<Group> groups) {
    private static final List<Part> MEASURED = List.of(Part.CANDIDATE, Part.SHARED, Part.INDEPENDENT, Part.EXTERNAL);

    /**
     * Images of one part.
     *
     * @param place among all groups there can be; of images in no part the last
     * @param name the part's; empty for none
     * @param images positions in the data set, in the order of measuring
     * @param ranks places in the order of all images of the part, ascending
     */
    record Group(int place, String name, int[] images, int[] ranks) {
        private static Group of(Split split, Part part, long seed) {
            int[] all = split.indices(part);
            int[] order = StatelessRandom.of(seed, "measured images").permutation(all.length, part.ordinal());
            int place = MEASURED.contains(part) ? MEASURED.indexOf(part) : MEASURED.size();
            return new Group(
                    place, part.key(), Arrays.stream(order).map(i -> all[i]).toArray(), IntStream.range(0, all.length).toArray());
        }

        private Group first(int most) {
            int count = most == 0 ? images.length : Math.min(most, images.length);
            return new Group(place, name, Arrays.copyOf(images, count), Arrays.copyOf(ranks, count));
        }

        private Group only(Set<Integer> wanted) {
            int[] kept = IntStream.range(0, images.length).filter(i -> wanted.contains(images[i])).toArray();
            return new Group(
                    place, name, Arrays.stream(kept).map(i -> images[i]).toArray(), Arrays.stream(kept).map(i -> ranks[i]).toArray());
        }
    }

    MeasuredImages {
        groups = groups.stream().filter(group -> group.images.length > 0).toList();
    }

    /** For LayerMem: of each part at most {@code most} images (0 for all). */
    static MeasuredImages ofSplit(Split split, int most, long seed) {
        return new MeasuredImages(MEASURED.stream().map(part -> Group.of(split, part, seed).first(most)).toList());
    }

    /** For UnitMem: at most {@code most} of an encoder's training images (0 for all), of its two parts in proportion to their sizes. */
    static MeasuredImages ofTraining(Split split, boolean reference, int most, long seed) {
        Group own = Group.of(split, reference ? Part.INDEPENDENT : Part.CANDIDATE, seed);
        Group shared = Group.of(split, Part.SHARED, seed);
        long all = own.images.length + shared.images.length;
        if (most == 0 || most >= all) {
            return ordered(own, shared);
        }
        int ofOwn = Math.toIntExact((2L * most * own.images.length + all) / (2 * all));
        return ordered(nothingIfZero(own, ofOwn), nothingIfZero(shared, most - ofOwn));
    }

    private static Group nothingIfZero(Group group, int count) {
        return count == 0 ? group.only(Set.of()) : group.first(count);
    }

    private static MeasuredImages ordered(Group... groups) {
        return new MeasuredImages(Arrays.stream(groups).sorted(Comparator.comparingInt(Group::place)).toList());
    }

    /**
     * For UnitMem: the images with these ids, whatever the order they are named in.
     *
     * @throws RunFailure as INVALID_SPEC naming every id that the data set does not have
     */
    static MeasuredImages named(ImageSet images, Split split, List<Long> ids, long seed) {
        Set<Long> wanted = Set.copyOf(ids);
        int[] indices = IntStream.range(0, images.size()).filter(index -> wanted.contains((long) images.id(index))).toArray();
        if (indices.length < wanted.size()) {
            Set<Long> there = Arrays.stream(images.ids(indices)).asLongStream().boxed().collect(Collectors.toSet());
            String unknown = wanted.stream().filter(id -> !there.contains(id)).sorted().map(String::valueOf).collect(Collectors.joining(", "));
            throw RunFailure.invalidSpec("spec.image_ids: the data set has no image " + unknown);
        }
        Set<Integer> positions = Arrays.stream(indices).boxed().collect(Collectors.toSet());
        List<Group> groups = new ArrayList<>();
        for (Part part : Part.values()) {
            groups.add(Group.of(split, part, seed).only(positions));
            Arrays.stream(split.indices(part)).forEach(positions::remove);
        }
        int[] rest = positions.stream().mapToInt(Integer::intValue).sorted().toArray();
        groups.add(new Group(Integer.MAX_VALUE, "", rest, rest));
        return ordered(groups.toArray(Group[]::new));
    }

    /** These and at most {@code most} external points (0 for all). */
    MeasuredImages withExternal(Split split, int most, long seed) {
        List<Group> more = new ArrayList<>(groups);
        more.add(Group.of(split, Part.EXTERNAL, seed).first(most));
        return new MeasuredImages(more);
    }

    /** Positions in the data set of a part's images, in the order of measuring. */
    int[] of(Part part) {
        return groups.stream().filter(group -> group.name.equals(part.key())).flatMapToInt(group -> Arrays.stream(group.images)).toArray();
    }

    /** Positions of all images in the data set, part by part, in a part in the order of the data set: the order of a result. */
    int[] indices() {
        return groups.stream().flatMapToInt(group -> Arrays.stream(group.images).sorted()).toArray();
    }

    /** Names of the parts of {@link #indices}. */
    String[] subsets() {
        return groups.stream().flatMap(group -> Arrays.stream(group.images).mapToObj(_ -> group.name)).toArray(String[]::new);
    }

    /** Blocks that go through a network together, none of two parts. */
    ImageBlocks blocks(int views, Network network) {
        return ImageBlocks.ofParts(groups.stream().map(Group::images).toList(), ImageBlocks.size(views, network));
    }

    /** Columns in the order of measuring, put into the order of {@link #indices}. */
    double[][] arranged(double[][] rows) {
        List<Integer> columns = new ArrayList<>();
        for (Group group : groups) {
            int before = columns.size();
            IntStream.range(0, group.images.length).boxed().sorted(Comparator.comparingInt(i -> group.images[i])).forEach(i -> columns.add(before + i));
        }
        return Arrays.stream(rows).map(row -> columns.stream().mapToDouble(column -> row[column]).toArray()).toArray(double[][]::new);
    }
}
