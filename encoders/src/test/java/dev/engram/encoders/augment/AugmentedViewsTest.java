package dev.engram.encoders.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.ComposedSet;
import dev.engram.encoders.data.EncoderInput;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Visits;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.image.Resize;
import dev.engram.encoders.train.Batch;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AugmentedViewsTest {
    private static final ImageSet GREY = FashionMnist.test().select(IntStream.range(0, 40).toArray());
    private static final ImageSet IMAGES = ComposedSet.standard(3).compose(GREY);
    private static final AugmentationRecipe RECIPE = AugmentationRecipe.named("simclr-normal");
    private static final AugmentedViews SOURCE = new AugmentedViews(IMAGES, RECIPE, 32, 11, "train");
    private static final int VIEW = 3 * 32 * 32;

    @AfterAll
    static void close() {
        SOURCE.close();
    }

    @Test
    void viewsFollowOneAnotherViewByView() {
        try (Scope scope = Scope.open()) {
            Tensor views = SOURCE.views(scope, new int[] {4, 9, 2}, 1, 0, 2);
            assertArrayEquals(new long[] {6, 3, 32, 32}, views.shape());
            float[] all = views.floats();
            float[] first = SOURCE.views(scope, new int[] {4, 9, 2}, 1, 0, 1).floats();
            float[] second = SOURCE.views(scope, new int[] {4, 9, 2}, 1, 1, 1).floats();
            assertArrayEquals(first, Arrays.copyOf(all, 3 * VIEW));
            assertArrayEquals(second, Arrays.copyOfRange(all, 3 * VIEW, 6 * VIEW));
        }
    }

    @Test
    void trainingSeesTwoViewsOfItsPartOfTheSet() {
        TrainingViews training = new TrainingViews(SOURCE, new int[] {30, 9, 17});
        assertEquals(3, training.size());
        try (Scope scope = Scope.open()) {
            Batch batch = training.batch(scope, 4, new int[] {2, 0});
            assertArrayEquals(
                    SOURCE.views(scope, new int[] {17, 30}, 4, 0, 2).floats(),
                    batch.views().getFirst().floats());
            assertEquals(1, batch.views().size());
            assertArrayEquals(new int[] {IMAGES.id(17), IMAGES.id(30)}, batch.ids());
            assertArrayEquals(
                    new long[] {IMAGES.label(17), IMAGES.label(30)}, batch.labels().orElseThrow().longs());
        }
    }

    /** A repeated image has as many places, one visit after the other; the first visit is that of an image that is not repeated. */
    @Test
    void everyVisitOfARepeatedImageHasViewsOfItsOwn() {
        ImageSet repeated = ComposedSet.standard(3, 0, List.of(1, 3)).compose(GREY);
        int thrice = IntStream.range(0, 40).filter(i -> repeated.repeatCount(i) == 3).findFirst().orElseThrow();
        int once = IntStream.range(0, 40).filter(i -> repeated.repeatCount(i) == 1).findFirst().orElseThrow();
        try (Scope scope = Scope.open();
                AugmentedViews views = new AugmentedViews(repeated, RECIPE, 32, 11, "train")) {
            TrainingViews training = new TrainingViews(views, Visits.of(repeated, new int[] {once, thrice}));
            assertEquals(4, training.size());
            Batch batch = training.batch(scope, 4, new int[] {0, 1, 2, 3});
            assertArrayEquals(new int[] {once, thrice, thrice, thrice}, batch.ids());
            assertArrayEquals(new int[] {0, 0, 1, 2}, batch.visits());
            float[] all = batch.views().getFirst().floats();
            float[] first = SOURCE.views(scope, new int[] {once, thrice}, 4, 0, 1).floats();
            assertArrayEquals(first, Arrays.copyOf(all, 2 * VIEW));
            Set<Integer> different = new HashSet<>();
            IntStream.range(0, 8).forEach(row -> different.add(Arrays.hashCode(Arrays.copyOfRange(all, row * VIEW, (row + 1) * VIEW))));
            assertEquals(8, different.size());
            float[] alone = training.batch(scope, 4, new int[] {3}).views().getFirst().floats();
            assertArrayEquals(Arrays.copyOfRange(all, 3 * VIEW, 4 * VIEW), Arrays.copyOf(alone, VIEW), "whatever else is in the batch");
        }
    }

    /** Another batch, another order, a subset of the set: the same image's view is the same to the last bit. */
    @Test
    void aViewDependsOnNoOtherImageOfItsBatch() {
        ImageSet subset = IMAGES.select(new int[] {30, 9, 17});
        try (Scope scope = Scope.open();
                AugmentedViews ofSubset = new AugmentedViews(subset, RECIPE, 32, 11, "train")) {
            float[] batch = SOURCE.views(scope, IntStream.range(0, 40).toArray(), 7, 0, 1).floats();
            float[] alone = SOURCE.views(scope, new int[] {9}, 7, 0, 1).floats();
            float[] inSubset = ofSubset.views(scope, new int[] {1, 0}, 7, 0, 1).floats();
            assertArrayEquals(Arrays.copyOfRange(batch, 9 * VIEW, 10 * VIEW), alone);
            assertArrayEquals(alone, Arrays.copyOf(inSubset, VIEW));
        }
    }

    @Test
    void plainInputIsThePixelsNormalized() {
        try (Scope scope = Scope.open();
                PlainInput input = new PlainInput(Normalization.CIFAR_10, 32)) {
            float[] whole = input.whole(scope, IMAGES, new int[] {5}).floats();
            for (int i = 0; i < VIEW; i++) {
                double pixel = (IMAGES.image(5).get(i) & 0xFF) / 255.0;
                int c = i / 1024;
                assertEquals((pixel - Normalization.CIFAR_10.mean().get(c)) / Normalization.CIFAR_10.deviation().get(c), whole[i], 1e-6);
            }
        }
    }

    @Test
    void aCornerIsCutOutAndResized() {
        CropRectangle corner = Corner.LOWER_LEFT.of(32, 32, 0.3);
        assertEquals(new CropRectangle(23, 0, 9, 9), corner);
        assertEquals(new CropRectangle(0, 28, 6, 12), Corner.UPPER_RIGHT.of(20, 40, 0.3));
        assertEquals(new CropRectangle(14, 28, 6, 12), Corner.LOWER_RIGHT.of(20, 40, 0.3));
        assertEquals(new CropRectangle(0, 0, 6, 12), Corner.UPPER_LEFT.of(20, 40, 0.3));
        float[] unit = new float[VIEW];
        for (int i = 0; i < VIEW; i++) {
            unit[i] = (IMAGES.image(8).get(i) & 0xFF) / 255f;
        }
        float[] expected = Resize.crop(unit, 3, 32, 32, 23, 0, 9, 9, 32, 32);
        try (Scope scope = Scope.open();
                PlainInput input = new PlainInput(Normalization.HALF, 32)) {
            float[] crops = input.crop(scope, IMAGES, new int[] {1, 8}, corner).floats();
            for (int i = 0; i < VIEW; i++) {
                assertEquals(expected[i] * 2 - 1, crops[VIEW + i], 2e-6);
            }
        }
    }

    @Test
    void greyImagesAndCropsOutsideAreRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new AugmentedViews(GREY, RECIPE, 32, 0, "train"))
                .getMessage().contains("EncoderInput"));
        try (Scope scope = Scope.open();
                PlainInput input = new PlainInput(Normalization.HALF, 32)) {
            assertThrows(IllegalArgumentException.class, () -> input.whole(scope, GREY, new int[] {0}));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> input.crop(scope, IMAGES, new int[] {0}, new CropRectangle(30, 0, 3, 3)));
            assertThrows(IllegalArgumentException.class, () -> Corner.LOWER_LEFT.of(2, 2, 0.3));
        }
    }

    @Test
    void noTensorOutlivesItsScope() {
        ImageSet padded = EncoderInput.of(GREY);
        long before = Tensor.alive();
        try (Scope scope = Scope.open();
                AugmentedViews source = new AugmentedViews(padded, RECIPE, 32, 0, "train")) {
            long ready = Tensor.alive();
            source.views(scope, new int[] {0, 1, 2}, 0, 0, 2);
            assertEquals(ready + 1, Tensor.alive());
        }
        assertEquals(before, Tensor.alive());
    }
}
