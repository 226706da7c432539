package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.v1.NearDuplicatePair;
import dev.engram.v1.SplitClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ten images of two classes, ids from 100. */
class SplitPlacesTest {
    static final ImageSet IMAGES = images();
    static final Split SPLIT = new Split("digest", 10, 0, Map.of(
            Part.SHARED, new int[] {0}, Part.CANDIDATE, new int[] {1}, Part.INDEPENDENT, new int[] {2}, Part.PUBLIC, new int[] {3}));
    static final String DUPLICATES = """
            group,image_id,label,labels_differ
            1,101,1,false
            1,105,1,false
            2,106,0,true
            2,107,1,true
            3,108,0,false
            """;
    static final String NEAR = """
            public_id,label,training_id,training_label,distance
            104,0,101,1,0.01
            103,1,100,0,0.02
            103,1,108,0,0.03
            """;

    @Test
    void whatHasNoPartHasAReason() {
        SplitPlaces places = SplitPlaces.of(IMAGES, SPLIT, DUPLICATES, NEAR);
        assertEquals(
                List.of("shared", "candidate", "independent", "public", "near_duplicate", "duplicate", "duplicate", "duplicate", "unused", "unused"),
                Arrays.stream(places.places()).map(SplitPlace::key).toList(),
                "the first of a group of one label could have had a part");
        List<SplitClass> classes = places.classes(IMAGES);
        assertEquals(
                SplitClass.newBuilder().setShared(1).setIndependent(1).setNearDuplicates(1).setDuplicates(1).setUnused(1).build(), classes.getFirst());
        assertEquals(
                SplitClass.newBuilder().setLabel(1).setCandidate(1).setPublicSet(1).setDuplicates(2).setUnused(1).build(), classes.getLast());
    }

    @Test
    void nearDuplicatesKnowWhatTheyAreNearestTo() {
        List<NearDuplicatePair> near = SplitPlaces.of(IMAGES, SPLIT, DUPLICATES, NEAR).near();
        assertEquals(
                NearDuplicatePair.newBuilder()
                        .setImageId(104).setLeftOut(true).setTrainingId(101).setTrainingLabel(1).setTrainingPart("candidate").setDistance(0.01).build(),
                near.getFirst());
        assertEquals(List.of(false, "shared"), List.of(near.get(1).getLeftOut(), near.get(1).getTrainingPart()));
        assertEquals("unused", near.getLast().getTrainingPart(), "it trains a larger split of the series");
        assertEquals(List.of(), SplitPlaces.of(IMAGES, SPLIT, "", "").near());
    }

    private static ImageSet images() {
        ImageSetBuilder builder = new ImageSetBuilder("ten", new ImageShape(1, 2, 2), List.of("even", "odd"), 10);
        for (int i = 0; i < 10; i++) {
            builder.add(new byte[] {(byte) i, 0, 0, 0}, i % 2, 100 + i, List.of());
        }
        return builder.build();
    }
}
