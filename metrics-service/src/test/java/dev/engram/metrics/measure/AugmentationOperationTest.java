package dev.engram.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.BlurRange;
import dev.engram.encoders.augment.CropRange;
import dev.engram.encoders.augment.JitterRange;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.SolarizeRange;
import dev.engram.encoders.augment.ViewGroup;
import dev.engram.encoders.augment.ViewRecipe;
import java.util.List;
import org.junit.jupiter.api.Test;

class AugmentationOperationTest {
    private static final Normalization NORMALIZATION = AugmentationRecipe.named("simclr-normal").normalization();

    @Test
    void eachAloneAtEveryImageThenAll() {
        ViewRecipe first = ViewRecipe.PLAIN.flips(0.5, 0).jitter(new JitterRange(0.4, 0, 0.2, 0, 0.8)).blur(new BlurRange(3, 0.1, 2, 0.1));
        ViewRecipe second = ViewRecipe.PLAIN.crop(CropRange.of(0.2, 1)).blur(new BlurRange(5, 1, 1, 1)).solarize(new SolarizeRange(0.5, 0.2));
        AugmentationRecipe recipe =
                new AugmentationRecipe("two", "", List.of(ViewGroup.of(2, first, second)), NORMALIZATION);
        assertEquals(
                List.of(
                        new AugmentationOperation("crop", ViewRecipe.PLAIN.crop(CropRange.of(0.2, 1))),
                        new AugmentationOperation("horizontal_flip", ViewRecipe.PLAIN.flips(1, 0)),
                        new AugmentationOperation("brightness", ViewRecipe.PLAIN.jitter(new JitterRange(0.4, 0, 0, 0, 1))),
                        new AugmentationOperation("saturation", ViewRecipe.PLAIN.jitter(new JitterRange(0, 0, 0.2, 0, 1))),
                        new AugmentationOperation("blur", ViewRecipe.PLAIN.blur(new BlurRange(3, 0.1, 2, 1))),
                        new AugmentationOperation("solarize", ViewRecipe.PLAIN.solarize(new SolarizeRange(0.5, 1))),
                        new AugmentationOperation("all", first)),
                AugmentationOperation.of(recipe));
    }

    @Test
    void nothingIsOnlyAll() {
        AugmentationRecipe recipe = AugmentationRecipe.pair("plain", "", ViewRecipe.PLAIN, NORMALIZATION);
        assertEquals(List.of(new AugmentationOperation("all", ViewRecipe.PLAIN)), AugmentationOperation.of(recipe));
    }
}
