package dev.engram.ui.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import dev.engram.ui.form.MessageFields;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.PruningSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresetsTest {
  private static final Presets PRESETS = new Presets("encoders/f", "encoders/g", "runs/u", "runs/l");

  /** What a form is shown and nobody changes is what is asked for; what is not a person's to fill in stays unset. */
  @ParameterizedTest
  @EnumSource
  void aFormThatNobodyTouchedAsksForItsPreset(Intervention intervention) {
    Map<String, Message> presets = PRESETS.of(intervention);
    assertFalse(presets.isEmpty());
    presets.forEach((name, spec) -> {
      MessageFields fields = new MessageFields("spec", _ -> "", intervention.kept(), Map.of());
      fields.show(spec);
      assertTrue(fields.readable(), name);
      assertEquals(spec, fields.message(), name);
    });
  }

  @Test
  void thePapersSettingsAreAmongThem() {
    PruningSpec table6 = (PruningSpec) PRESETS.of(Intervention.PRUNING).get("Table 6 of the paper");
    assertEquals(2, table6.getPoolsCount());
    assertEquals(10, table6.getTrials());
    FineTuneSpec unit = (FineTuneSpec) PRESETS.of(Intervention.FINE_TUNE).get("One unit of a ResNet-18 on one image (Table 13)");
    assertTrue(unit.hasUnit());
    EditEncoderSpec exchange = (EditEncoderSpec) PRESETS.of(Intervention.EXCHANGE_LAYERS).values().iterator().next();
    assertEquals("encoders/g", exchange.getExchange().getOther());
    assertFalse(exchange.hasPrune());
  }
}
