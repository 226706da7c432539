package dev.engram.ui.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.PruningSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresetsTest {
  private static final Presets RESNET_18 = new Presets(List.of(new EditableLayer("conv1", "conv", 64), new EditableLayer("layer4.1.conv2", "conv", 512)));

  @Test
  void thePapersSettingsAreAmongThem() {
    PruningSpec table6 = (PruningSpec) RESNET_18.of(Intervention.PRUNING).get("Table 6 of the paper");
    assertEquals(2, table6.getPoolsCount());
    assertEquals(10, table6.getTrials());
    FineTuneSpec unit = (FineTuneSpec) RESNET_18.of(Intervention.FINE_TUNE).get("One unit of a ResNet-18 on one image (Table 13)");
    assertTrue(unit.hasUnit());
  }

  @Test
  void blocksAreThoseOfTheNetwork() {
    Presets resnet50 = new Presets(Stream.of("layer1.0", "layer1.1", "layer1.2", "layer2.0", "layer2.1", "layer2.2", "layer2.3", "layer3.3", "layer3.5", "layer4.1")
        .map(path -> new EditableLayer(path, "block", 3)).toList());
    ExchangeSpec blocks = (ExchangeSpec) resnet50.of(Intervention.EXCHANGE).get("Nine blocks as of a ResNet-50, up to triples (Table 24)");
    assertEquals(9, blocks.getLayersCount());
    assertEquals(9 + 36 + 84, ExchangeForm.sets(blocks.getLayersCount(), blocks.getLargest()));
  }

  @ParameterizedTest
  @EnumSource
  void whatNamesLayersOfAnotherNetworkIsNotOffered(Intervention intervention) {
    assertFalse(new Presets(List.of()).of(intervention).isEmpty());
    assertTrue(new Presets(List.of()).of(intervention).keySet().stream().noneMatch(name -> name.contains("ResNet")));
    assertTrue(RESNET_18.of(intervention).keySet().stream().noneMatch(name -> name.contains("ResNet-9")));
  }
}
