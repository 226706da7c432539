package dev.engram.metrics.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparabilityTest {
    private static final LayerMemSpec LAYERS = LayerMemSpec.newBuilder().setPair("pairs/p").build();
    private static final UnitMemSpec UNITS = UnitMemSpec.newBuilder().setPair("pairs/p").build();

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
        assertEquals(List.of(), Comparability.of(LAYERS, 50, said, 50, 50));
    }

    @Test
    void differentViewsAreSaidWithTheirNumbers() {
        List<String> views = ofUnits(UNITS.toBuilder().setViews(4).build(), LAYERS);
        assertEquals(1, views.size());
        assertTrue(views.getFirst().contains("UnitMem is of 4") && views.getFirst().contains("LayerMem of 10"), views.getFirst());
        assertEquals(1, ofUnits(UNITS.toBuilder().setSeed(3).build(), LAYERS).size());
        assertEquals(1, ofUnits(UNITS.toBuilder().setReference(true).build(), LAYERS).size());
    }

    @Test
    void differentImagesAndDistancesAreSaid() {
        List<String> images = Comparability.of(LAYERS, 50, LAYERS, 40, 30);
        assertEquals(1, images.size());
        assertTrue(images.getFirst().contains("50 and 40") && images.getFirst().contains("30"), images.getFirst());
        LayerMemSpec other = LAYERS.toBuilder()
                .setDistance(Distance.COSINE)
                .setNormalization(LayerMemSpec.Normalization.RANGE)
                .build();
        assertEquals(2, Comparability.of(LAYERS, 50, other, 50, 50).size());
        LayerMemSpec original = LAYERS.toBuilder().setCompared(LayerMemSpec.Compared.ORIGINAL).build();
        assertEquals(1, Comparability.of(LAYERS, 50, original, 50, 50).size());
        assertEquals(0, Comparability.of(original, 50, original, 50, 50).size());
    }

    @Test
    void otherPairsAreRefused() {
        InvalidRunException refused = assertThrows(
                InvalidRunException.class, () -> ofUnits(UNITS, LAYERS.toBuilder().setPair("pairs/q").build()));
        assertEquals("layer_mem", refused.violations().getFieldViolations(0).getField());
    }

    private static List<String> ofUnits(UnitMemSpec units, LayerMemSpec layers) {
        return Comparability.of(
                new FinishedRun("a", RunSpec.newBuilder().setUnitMem(units).build()),
                new FinishedRun("b", RunSpec.newBuilder().setLayerMem(layers).build()),
                new FieldViolations());
    }
}
