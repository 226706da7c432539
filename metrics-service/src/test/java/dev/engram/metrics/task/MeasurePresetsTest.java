package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasurePreset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasurePresetsTest {
    /** With a pair, every preset is a measure that would be taken. */
    @Test
    void everyPresetIsValidOnceItHasAPair() {
        for (MeasurePreset preset : MeasurePresets.all()) {
            FieldViolations violations = new FieldViolations();
            switch (preset.getMeasureCase()) {
                case LAYER_MEM -> MeasureRules.check(preset.getLayerMem().toBuilder().setPair("pairs/p").build(), violations);
                case UNIT_MEM -> MeasureRules.check(preset.getUnitMem().toBuilder().setPair("pairs/p").build(), violations);
                case CLASS_MEM -> MeasureRules.check(preset.getClassMem().toBuilder().setPair("pairs/p").build(), violations);
                case INVARIANCE -> InvarianceRules.check(preset.getInvariance().toBuilder().setPair("pairs/p").build(), violations);
                case PROBE -> violations.require(preset.getProbe().getK() > 0, preset.getId(), "has no number of neighbors");
                case MEASURE_NOT_SET -> violations.add(preset.getId(), "measures nothing");
            }
            assertTrue(violations.isEmpty(), preset.getId() + ": " + violations);
        }
    }

    @Test
    void namesAreUniqueAndAllIsSaid() {
        Set<String> ids = new HashSet<>();
        for (MeasurePreset preset : MeasurePresets.all()) {
            assertTrue(ids.add(preset.getId()), preset.getId());
            assertTrue(preset.getId().matches("[a-z0-9-]+"), preset.getId());
            assertFalse(preset.getDescription().isEmpty() || preset.getSource().isEmpty(), preset.getId());
        }
    }

    /** Only the code's own preset is by the range: the paper's are by Eq. 2. */
    @Test
    void thePapersSettingsAreNotTheCodes() {
        assertEquals(
                Set.of("published-code"),
                Set.copyOf(MeasurePresets.all().stream()
                        .filter(preset -> preset.getLayerMem().getNormalization() == LayerMemSpec.Normalization.RANGE)
                        .map(MeasurePreset::getId)
                        .toList()));
    }
}
