package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.v1.NearDuplicatePair;
import dev.engram.v1.SplitClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The place of every image of a data set in a split. Memory: a reference an image.
 *
 * @param places by position in the set
 * @param near public images near a training image, nearest first
 */
record SplitPlaces(SplitPlace[] places, List<NearDuplicatePair> near) {

    /**
     * @param duplicates the split's {@code duplicates.csv}
     * @param near the split's {@code near_duplicates.csv}; empty if nothing was looked for
     */
    static SplitPlaces of(ImageSet images, Split split, String duplicates, String near) {
        SplitPlace[] places = new SplitPlace[images.size()];
        for (Part part : Part.values()) {
            for (int index : split.indices(part)) {
                places[index] = SplitPlace.of(part);
            }
        }
        Map<Long, Integer> positions = new HashMap<>();
        for (int i = 0; i < places.length; i++) {
            positions.put((long) images.id(i), i);
        }
        List<NearDuplicatePair> pairs = new ArrayList<>();
        near.lines().skip(1).forEach(line -> pairs.add(pair(line.split(","), places, positions)));
        Set<Long> nearIds = new HashSet<>(pairs.stream().map(NearDuplicatePair::getImageId).toList());
        Set<Long> repeated = repeated(duplicates);
        for (int i = 0; i < places.length; i++) {
            if (places[i] == null) {
                long id = images.id(i);
                places[i] = nearIds.contains(id) ? SplitPlace.NEAR_DUPLICATE
                        : repeated.contains(id) ? SplitPlace.DUPLICATE : SplitPlace.UNUSED;
            }
        }
        return new SplitPlaces(places, List.copyOf(pairs));
    }

    /** Images that could have no part: all of a group but its first, and all of one whose labels differ. */
    private static Set<Long> repeated(String csv) {
        Set<Long> repeated = new HashSet<>();
        Set<String> begun = new HashSet<>();
        csv.lines().skip(1).map(line -> line.split(",")).forEach(fields -> {
            boolean first = begun.add(fields[0]);
            if (!first || fields[3].equals("true")) {
                repeated.add(Long.parseLong(fields[1]));
            }
        });
        return repeated;
    }

    private static NearDuplicatePair pair(String[] fields, SplitPlace[] places, Map<Long, Integer> positions) {
        long image = Long.parseLong(fields[0]);
        long training = Long.parseLong(fields[2]);
        return NearDuplicatePair.newBuilder()
                .setImageId(image)
                .setLabel(Integer.parseInt(fields[1]))
                .setLeftOut(places[positions.get(image)] == null)
                .setTrainingId(training)
                .setTrainingLabel(Integer.parseInt(fields[3]))
                .setTrainingPart(Optional.ofNullable(places[positions.get(training)]).orElse(SplitPlace.UNUSED).key())
                .setDistance(Double.parseDouble(fields[4]))
                .build();
    }

    /** How many images of each class there are in each place. */
    List<SplitClass> classes(ImageSet images) {
        int[][] counts = new int[images.classNames().size()][SplitPlace.values().length];
        for (int i = 0; i < places.length; i++) {
            counts[images.label(i)][places[i].ordinal()]++;
        }
        List<SplitClass> classes = new ArrayList<>();
        Arrays.stream(counts).forEach(count -> classes.add(SplitClass.newBuilder()
                .setLabel(classes.size())
                .setShared(count[SplitPlace.SHARED.ordinal()])
                .setCandidate(count[SplitPlace.CANDIDATE.ordinal()])
                .setIndependent(count[SplitPlace.INDEPENDENT.ordinal()])
                .setExternal(count[SplitPlace.EXTERNAL.ordinal()])
                .setPublicSet(count[SplitPlace.PUBLIC.ordinal()])
                .setDuplicates(count[SplitPlace.DUPLICATE.ordinal()])
                .setNearDuplicates(count[SplitPlace.NEAR_DUPLICATE.ordinal()])
                .setUnused(count[SplitPlace.UNUSED.ordinal()])
                .build()));
        return classes;
    }
}
