package dev.engram.metrics.task;

import dev.engram.metrics.measure.ImageBlocks;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The blocks of several measures of one split and seed, each once, in an order in which every measure finds its own as it would by itself. Blocks differ only
 * where a measure's images of a part end in the middle of one, or are not the first of the part.
 *
 * @param blocks all of them
 * @param users which measures have a block of these images
 */
record SharedBlocks(ImageBlocks blocks, Map<IntBuffer, List<Integer>> users) {

    /** Where a block stands: in its group by its first image. Of two that begin alike no measure has both. */
    private record Place(int group, int rank, IntBuffer images) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingInt(Place::group).thenComparingInt(Place::rank).thenComparing(Place::images);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The blocks of all of these.
     *
     * @param measured images of each measure
     * @param size images a block
     */
    static SharedBlocks of(List<MeasuredImages> measured, int size) {
        Map<Place, List<Integer>> places = new TreeMap<>();
        for (int measure = 0; measure < measured.size(); measure++) {
            for (MeasuredImages.Group group : measured.get(measure).groups()) {
                int from = 0;
                for (int[] block : new ImageBlocks(group.images(), size).blocks()) {
                    Place place = new Place(group.place(), group.ranks()[from], IntBuffer.wrap(block));
                    places.computeIfAbsent(place, _ -> new ArrayList<>()).add(measure);
                    from += block.length;
                }
            }
        }
        Map<IntBuffer, List<Integer>> users = new HashMap<>();
        places.forEach((place, measures) -> users.put(place.images, List.copyOf(measures)));
        return new SharedBlocks(new ImageBlocks(places.keySet().stream().map(place -> place.images.array()).toList()), users);
    }

    /** The measures that have a block. */
    List<Integer> users(int[] block) {
        return users.get(IntBuffer.wrap(block));
    }

    /** Those of these blocks that a measure has. */
    ImageBlocks of(ImageBlocks some, int measure) {
        return new ImageBlocks(some.blocks().stream().filter(block -> users(block).contains(measure)).toList());
    }
}
