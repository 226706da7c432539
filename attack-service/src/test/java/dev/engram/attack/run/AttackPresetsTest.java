package dev.engram.attack.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.AttackPreset;
import dev.engram.v1.DejaVuSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttackPresetsTest {

    /** With somebody to attack, every preset is an attack that would be made. */
    @Test
    void everyPresetIsValidOnceItHasAVictim() {
        for (AttackPreset preset : AttackPresets.all()) {
            FieldViolations violations = new FieldViolations();
            switch (preset.getAttackCase()) {
                case DEJA_VU -> DejaVuRules.check(preset.getDejaVu().toBuilder().setPair("pairs/p").build(), violations);
                case ONE_MODEL -> {
                    OneModelRules.check(preset.getOneModel().toBuilder().setPair("pairs/p").build(), violations);
                    OneModelRules.check(preset.getOneModel().toBuilder().setEncoder("encoders/e").build(), violations);
                }
                case ATTACK_NOT_SET -> violations.add(preset.getId(), "attacks nothing");
            }
            assertTrue(violations.isEmpty(), preset.getId() + ": " + violations);
        }
    }

    @Test
    void namesAreUniqueAndAllIsSaid() {
        Set<String> ids = new HashSet<>();
        for (AttackPreset preset : AttackPresets.all()) {
            assertTrue(ids.add(preset.getId()), preset.getId());
            assertTrue(preset.getId().matches("[a-z0-9-]+"), preset.getId());
            assertFalse(preset.getDescription().isEmpty() || preset.getSource().isEmpty(), preset.getId());
        }
    }

    /** The sources vote with 100 neighbors by raw L2, at the projector first, and weigh no class. */
    @Test
    void allAreTheSourcesSettings() {
        for (AttackPreset preset : AttackPresets.all()) {
            DejaVuSpec attack = preset.hasDejaVu() ? preset.getDejaVu() : OneModelRules.dejaVu(preset.getOneModel());
            assertEquals(100, attack.getK(), preset.getId());
            assertFalse(attack.getCosine() || attack.getBalancedPublicSet(), preset.getId());
            assertEquals("projector", attack.getCuts(0), preset.getId());
        }
        assertEquals(
                List.of(0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
                preset("corner-sizes").getDejaVu().getCropsList().stream().map(crop -> crop.getCorner().getFraction()).toList());
    }

    private static AttackPreset preset(String id) {
        return AttackPresets.all().stream().filter(preset -> preset.getId().equals(id)).findFirst().orElseThrow();
    }
}
