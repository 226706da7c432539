package dev.engram.encoders.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.image.Interpolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewSamplerTest {
    private static final int DRAWS = 20_000;

    private final ViewGroup normal = group("simclr-normal");

    @Test
    void aViewDependsOnItsCoordinatesAlone() {
        ViewSampler sampler = new ViewSampler(normal, 32, 5, "train");
        ViewParameters view = sampler.draw(2, 77, 1, 0, 32, 32);
        assertEquals(view, new ViewSampler(normal, 32, 5, "train").draw(2, 77, 1, 0, 32, 32));
        assertNotEquals(view, sampler.draw(3, 77, 1, 0, 32, 32));
        assertNotEquals(view, sampler.draw(2, 78, 1, 0, 32, 32));
        assertNotEquals(view, sampler.draw(2, 77, 0, 0, 32, 32));
        assertNotEquals(view, new ViewSampler(normal, 32, 6, "train").draw(2, 77, 1, 0, 32, 32));
        assertNotEquals(view, new ViewSampler(normal, 32, 5, "measure").draw(2, 77, 1, 0, 32, 32));
    }

    @Test
    void ratesAndRangesAreThoseOfTheRecipe() {
        List<ViewParameters> views = draw(normal, 32, 32);
        assertRate(0.5, views.stream().filter(ViewParameters::horizontalFlip).count());
        assertRate(0.8, views.stream().filter(view -> view.jitter().isPresent()).count());
        assertRate(0.2, views.stream().filter(ViewParameters::grayscale).count());
        assertTrue(views.stream().noneMatch(view -> view.verticalFlip() || view.solarize().isPresent() || view.blur().isPresent()));
        List<ViewParameters.Jitter> jitters = views.stream().flatMap(view -> view.jitter().stream()).toList();
        assertUniform(0.2, 1.8, jitters.stream().mapToDouble(ViewParameters.Jitter::brightness).toArray());
        assertUniform(0.2, 1.8, jitters.stream().mapToDouble(ViewParameters.Jitter::contrast).toArray());
        assertUniform(0.2, 1.8, jitters.stream().mapToDouble(ViewParameters.Jitter::saturation).toArray());
        assertUniform(-0.2, 0.2, jitters.stream().mapToDouble(ViewParameters.Jitter::hue).toArray());
    }

    @Test
    void everyOrderOfTheColorOperationsIsEquallyLikely() {
        Map<List<ColorOperation>, Integer> counts = new HashMap<>();
        draw(normal, 32, 32).forEach(view -> view.jitter().ifPresent(jitter -> counts.merge(jitter.order(), 1, Integer::sum)));
        assertEquals(24, counts.size());
        double expected = DRAWS * 0.8 / 24;
        counts.forEach((order, count) -> assertEquals(expected, count, 5 * Math.sqrt(expected), order.toString()));
    }

    @Test
    void cropsStayInsideAndHaveTheAreasAndAspectsAsked() {
        double area = 0;
        for (ViewParameters view : draw(normal, 60, 40)) {
            CropRectangle crop = view.crop();
            assertTrue(crop.top() >= 0 && crop.top() + crop.height() <= 60);
            assertTrue(crop.left() >= 0 && crop.left() + crop.width() <= 40);
            double aspect = (double) crop.width() / crop.height();
            assertTrue(aspect > 0.7 && aspect < 1.42, "" + aspect);
            double share = crop.width() * crop.height() / 2400.0;
            assertTrue(share > 0.07 && share <= 1, "" + share);
            area += share / DRAWS;
        }
        assertTrue(area > 0.35 && area < 0.54, "mean area " + area);
    }

    @Test
    void whatNeverFitsIsCroppedInTheCentre() {
        assertEquals(new CropRectangle(0, 48, 3, 4), ViewSampler.central(CropRange.STANDARD, 3, 100));
        assertEquals(new CropRectangle(48, 0, 4, 3), ViewSampler.central(CropRange.STANDARD, 100, 3));
        assertEquals(new CropRectangle(0, 0, 10, 9), ViewSampler.central(CropRange.STANDARD, 10, 9));
        ViewGroup recipe = ViewGroup.of(1, ViewRecipe.PLAIN.crop(CropRange.of(1, 1)));
        assertEquals(new CropRectangle(0, 40, 15, 20), new ViewSampler(recipe, 32, 0, "test").draw(0, 0, 0, 0, 15, 100).crop());
    }

    @Test
    void operationsOfNoStrengthAreLeftOut() {
        ViewGroup grey = group("fashion-grey");
        draw(grey, 32, 32).forEach(view -> view.jitter().ifPresent(jitter -> {
            assertEquals(2, jitter.order().size());
            assertFalse(jitter.order().contains(ColorOperation.HUE));
        }));
    }

    @Test
    void badRecipesAreNamed() {
        assertTrue(message(() -> AugmentationRecipe.named("sim")).contains("simclr-normal, simclr-weak"));
        assertTrue(message(() -> CropRange.of(0, 1)).contains("crop area"));
        assertTrue(message(() -> new CropRange(0.1, 1, 2, 1, Interpolation.BILINEAR, 0)).contains("crop aspect"));
        assertTrue(message(() -> new JitterRange(0, 0, 0, 0.6, 0)).contains("hue"));
        assertTrue(message(() -> new JitterRange(-1, 0, 0, 0, 0)).contains("jitter"));
        assertTrue(message(() -> new BlurRange(4, 1, 1, 0)).contains("kernel"));
        assertTrue(message(() -> new BlurRange(3, 0, 1, 0)).contains("sigma"));
        assertTrue(message(() -> new SolarizeRange(0.5, 1.5)).contains("solarize"));
        assertTrue(message(() -> new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 0.0, 1.0))).contains("deviations"));
    }

    private static ViewGroup group(String recipe) {
        return AugmentationRecipe.named(recipe).groups().getFirst();
    }

    private static List<ViewParameters> draw(ViewGroup recipe, int height, int width) {
        ViewSampler sampler = new ViewSampler(recipe, 32, 9, "test");
        return new ArrayList<>(IntStream.range(0, DRAWS).mapToObj(i -> sampler.draw(0, i, 0, 0, height, width)).toList());
    }

    private static void assertRate(double expected, long count) {
        assertEquals(expected, (double) count / DRAWS, 5 * Math.sqrt(expected * (1 - expected) / DRAWS));
    }

    private static void assertUniform(double low, double high, double[] values) {
        double mean = 0;
        for (double value : values) {
            assertTrue(value >= low && value < high);
            mean += value / values.length;
        }
        assertEquals((low + high) / 2, mean, 5 * (high - low) / Math.sqrt(12.0 * values.length));
    }

    private static String message(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
