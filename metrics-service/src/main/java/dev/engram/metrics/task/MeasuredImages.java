package dev.engram.metrics.task;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.runs.RunFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which images are measured, and as what.
 *
 * @param indices positions in the data set
 * @param subsets the subset of each
 */
record MeasuredImages(int[] indices, String[] subsets) {

    /** For LayerMem: of each part at most {@code most} images (0 for all), drawn by the seed, in the data set's order. */
    static MeasuredImages ofSplit(Split split, int most, long seed) {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put(LayerMem.CANDIDATE, Part.CANDIDATE);
        parts.put(LayerMem.SHARED, Part.SHARED);
        parts.put(LayerMem.INDEPENDENT, Part.INDEPENDENT);
        parts.put(LayerMem.EXTERNAL, Part.EXTERNAL);
        List<Integer> indices = new ArrayList<>();
        List<String> subsets = new ArrayList<>();
        parts.forEach((subset, part) -> {
            int[] drawn = draw(split.indices(part), most, seed, part.ordinal());
            Arrays.stream(drawn).forEach(indices::add);
            subsets.addAll(Collections.nCopies(drawn.length, subset));
        });
        return new MeasuredImages(
                indices.stream().mapToInt(Integer::intValue).toArray(), subsets.toArray(String[]::new));
    }

    /** For UnitMem: at most {@code most} of an encoder's training images (0 for all), drawn by the seed. */
    static MeasuredImages ofTraining(Split split, boolean reference, int most, long seed) {
        int[] drawn = draw(reference ? split.trainingOfG() : split.trainingOfF(), most, seed, Part.values().length);
        return new MeasuredImages(drawn, new String[drawn.length]);
    }

    /**
     * For UnitMem: the images with these ids, in the data set's order, whatever the order they are named in.
     *
     * @throws RunFailure as INVALID_SPEC naming every id that the data set does not have
     */
    static MeasuredImages named(ImageSet images, List<Long> ids) {
        Set<Long> wanted = Set.copyOf(ids);
        int[] indices = IntStream.range(0, images.size()).filter(index -> wanted.contains((long) images.id(index))).toArray();
        if (indices.length < wanted.size()) {
            Set<Long> there = Arrays.stream(images.ids(indices)).asLongStream().boxed().collect(Collectors.toSet());
            String unknown = wanted.stream().filter(id -> !there.contains(id)).sorted().map(String::valueOf).collect(Collectors.joining(", "));
            throw RunFailure.invalidSpec("spec.image_ids: the data set has no image " + unknown);
        }
        return new MeasuredImages(indices, new String[indices.length]);
    }

    /** At most {@code most} of the split's external points (0 for all), drawn by the seed. */
    static MeasuredImages ofExternal(Split split, int most, long seed) {
        int[] drawn = draw(split.indices(Part.EXTERNAL), most, seed, Part.EXTERNAL.ordinal());
        return new MeasuredImages(drawn, new String[drawn.length]);
    }

    private static int[] draw(int[] indices, int most, long seed, int purpose) {
        if (most == 0 || most >= indices.length) {
            return indices;
        }
        int[] order = StatelessRandom.of(seed, "measured images").permutation(indices.length, purpose);
        return Arrays.stream(order, 0, most).map(i -> indices[i]).sorted().toArray();
    }
}
