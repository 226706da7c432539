package dev.engram.metrics.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Augmentation;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparabilityTest {
    private static final LayerMemSpec LAYERS = LayerMemSpec.newBuilder().setPair("pairs/p").build();
    private static final UnitMemSpec UNITS = UnitMemSpec.newBuilder().setPair("pairs/p").build();
    /** Pairs {@code p} and {@code q} were trained by one augmentation, {@code weak} by another; that of {@code gone} is not known. */
    private static final Comparability COMPARABILITY = new Comparability((pair, _, asked) -> {
        String trained = asked.pair().orElse(pair);
        return trained.equals("pairs/gone") && asked.given().isEmpty()
                ? Optional.empty()
                : asked.given().or(() -> Optional.of(AugmentationRecipe.named(trained.equals("pairs/weak") ? "simclr-weak" : "simclr-normal")));
    });

    /** A default that is said and one that is not are the same. */
    @Test
    void whatWasMeasuredAlikeNeedsNoWarning() {
        assertEquals(List.of(), ofUnits(UNITS, LAYERS));
        assertEquals(List.of(), ofUnits(UNITS, LAYERS.toBuilder().setViews(10).build()));
        LayerMemSpec said = LAYERS.toBuilder()
                .setViews(10)
                .setDistance(Distance.L2)
                .setNormalization(LayerMemSpec.Normalization.RATIO)
                .build();
        assertEquals(List.of(), COMPARABILITY.of(LAYERS, 50, said, 50, 50));
    }

    @Test
    void differentViewsAreSaidWithTheirNumbers() {
        List<String> views = ofUnits(UNITS.toBuilder().setViews(4).build(), LAYERS);
        assertEquals(1, views.size());
        assertTrue(views.getFirst().contains("UnitMem is of 4") && views.getFirst().contains("LayerMem of 10"), views.getFirst());
        assertEquals(1, ofUnits(UNITS.toBuilder().setSeed(3).build(), LAYERS).size());
        assertEquals(1, ofUnits(UNITS.toBuilder().setReference(true).build(), LAYERS).size());
    }

    /** Pairs that were trained differently saw different views unless one augmentation is named for both. */
    @Test
    void whatAnAugmentationIsCountsNotWhoNamesIt() {
        LayerMemSpec weak = LayerMemSpec.newBuilder().setPair("pairs/weak").build();
        assertEquals(0, warnings(LAYERS, LAYERS.toBuilder().setPair("pairs/q").build()));
        assertEquals(1, warnings(LAYERS, weak));
        assertEquals(0, warnings(LAYERS, weak.toBuilder().setAugmentation("simclr-normal").build()));
        assertEquals(0, warnings(LAYERS, weak.toBuilder().setAugmentation("pairs/p").build()));
        Augmentation values = AugmentationMessages.message(AugmentationRecipe.named("simclr-normal")).toBuilder().setName("mine").clearNormalization().build();
        assertEquals(0, warnings(LAYERS, weak.toBuilder().setAugmentationValues(values).build()));
        assertEquals(1, warnings(LAYERS, LAYERS.toBuilder().setAugmentation("pairs/weak").build()));
        assertEquals(2, warnings(LAYERS, weak.toBuilder().setSeed(7).build()));
        LayerMemSpec gone = LayerMemSpec.newBuilder().setPair("pairs/gone").build();
        assertEquals(1, warnings(LAYERS, gone));
        assertEquals(0, warnings(gone, gone));
    }

    private static int warnings(LayerMemSpec first, LayerMemSpec second) {
        return COMPARABILITY.of(first, 50, second, 50, 50).size();
    }

    @Test
    void differentImagesAndDistancesAreSaid() {
        List<String> images = COMPARABILITY.of(LAYERS, 50, LAYERS, 40, 30);
        assertEquals(1, images.size());
        assertTrue(images.getFirst().contains("50 and 40") && images.getFirst().contains("30"), images.getFirst());
        LayerMemSpec other = LAYERS.toBuilder()
                .setDistance(Distance.COSINE)
                .setNormalization(LayerMemSpec.Normalization.RANGE)
                .build();
        assertEquals(2, COMPARABILITY.of(LAYERS, 50, other, 50, 50).size());
        LayerMemSpec original = LAYERS.toBuilder().setCompared(LayerMemSpec.Compared.ORIGINAL).build();
        assertEquals(1, COMPARABILITY.of(LAYERS, 50, original, 50, 50).size());
        assertEquals(0, COMPARABILITY.of(original, 50, original, 50, 50).size());
    }

    @Test
    void otherPairsAreRefused() {
        InvalidRunException refused = assertThrows(
                InvalidRunException.class, () -> ofUnits(UNITS, LAYERS.toBuilder().setPair("pairs/q").build()));
        assertEquals("layer_mem", refused.violations().getFieldViolations(0).getField());
    }

    private static List<String> ofUnits(UnitMemSpec units, LayerMemSpec layers) {
        return COMPARABILITY.of(
                new FinishedRun("a", RunSpec.newBuilder().setUnitMem(units).build()),
                new FinishedRun("b", RunSpec.newBuilder().setLayerMem(layers).build()),
                new FieldViolations());
    }
}
