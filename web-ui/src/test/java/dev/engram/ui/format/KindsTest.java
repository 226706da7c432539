package dev.engram.ui.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KindsTest {

  @ParameterizedTest
  @EnumSource(RunSpec.TaskCase.class)
  void everyKindHasATitleAndAFilter(RunSpec.TaskCase kind) {
    assertFalse(Kinds.title(kind).isBlank());
    assertEquals(kind.name(), Kinds.filter(kind).toUpperCase(java.util.Locale.ROOT));
  }

  @Test
  void aTrainingSaysWhichSide() {
    RunSpec spec = RunSpec.newBuilder().setTrainEncoder(TrainEncoderSpec.newBuilder()
        .setSide(TrainEncoderSpec.Side.REFERENCE).setPair("pairs/demo")).build();
    assertEquals("reference g, resnet9", Kinds.subject(spec));
    assertEquals("pairs/demo", Kinds.pair(spec));
  }

  @Test
  void anAttackSaysAgainstWhat() {
    assertEquals("against demo", Kinds.subject(RunSpec.newBuilder().setDejaVu(DejaVuSpec.newBuilder().setPair("pairs/demo")).build()));
  }
}
