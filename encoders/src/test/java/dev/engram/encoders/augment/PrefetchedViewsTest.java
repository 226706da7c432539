package dev.engram.encoders.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.ComposedSet;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.train.Batch;
import dev.engram.encoders.train.ViewSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefetchedViewsTest {
    private static final ImageSet IMAGES =
            ComposedSet.standard(3).compose(FashionMnist.test().select(IntStream.range(0, 40).toArray()));

    @Test
    void multiCropIsTheSameAnnouncedOrNot() {
        try (AugmentedViews views = new AugmentedViews(IMAGES, AugmentationRecipe.named("dino"), 32, 5, "train");
                PrefetchedViews ahead = new PrefetchedViews(new TrainingViews(views, IntStream.range(0, 40).toArray()));
                Scope scope = Scope.open()) {
            int[] first = {3, 1, 4};
            int[] second = {9, 2, 6};
            Batch one = ahead.batch(scope, 0, first);
            assertArrayEquals(new long[] {6, 3, 32, 32}, one.views().get(0).shape());
            assertArrayEquals(new long[] {24, 3, 16, 16}, one.views().get(1).shape());
            assertArrayEquals(
                    new long[] {IMAGES.label(3), IMAGES.label(1), IMAGES.label(4)}, one.labels().orElseThrow().longs());
            float[] unannounced = ahead.batch(scope, 1, second).views().get(1).floats();
            ahead.announce(7, first);
            ahead.announce(1, second);
            assertArrayEquals(unannounced, ahead.batch(scope, 1, second).views().get(1).floats());
            assertTrue(ahead.waitedNanos() > 0);
        }
    }

    @Test
    void theNextBatchIsMadeAheadOnAThreadOfItsOwnAndNothingStaysBehind() {
        long before = Tensor.alive();
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        ViewSource source = new ViewSource() {
            @Override
            public int size() {
                return 9;
            }

            @Override
            public Batch batch(Scope scope, int epoch, int[] images) {
                threads.add(Thread.currentThread().getName());
                if (epoch == 3) {
                    throw new IllegalArgumentException("epoch 3");
                }
                return Batch.of(scope.zeros(ElementType.FLOAT32, 2, 1, 1, 1), images);
            }
        };
        try (PrefetchedViews ahead = new PrefetchedViews(source)) {
            try (Scope scope = Scope.open()) {
                ahead.batch(scope, 0, new int[] {1});
                ahead.announce(1, new int[] {2});
                assertThrows(IllegalArgumentException.class, () -> ahead.batch(scope, 3, new int[] {1}));
                ahead.announce(3, new int[] {1});
                ahead.batch(scope, 4, new int[] {1});
            }
            ahead.announce(5, new int[] {0});
        }
        assertEquals(before, Tensor.alive());
        assertTrue(threads.stream().allMatch(name -> name.startsWith("solo-")), threads.toString());
        assertEquals(6, threads.size());
    }
}
