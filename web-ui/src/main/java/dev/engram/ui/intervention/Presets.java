package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.ExchangeLayers;
import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.LayerScope;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.RestoreUnit;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.UnitPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where forms start from: what is usual, and the settings of Wang et al. 2024. Which encoders and runs are meant is not theirs to say.
 *
 * @param layers of the encoder, and its blocks; a preset that names others is not offered
 */
record Presets(List<EditableLayer> layers) {
  private static final List<String> MOST_DELTA = List.of("layer1_residual2.conv", "layer3_head.conv", "layer3_residual2.conv");
  private static final String TABLE_13_LAYER = "layer4.1.conv2";
  /** C2_B1, C2_B2, C2_B3, C3_B2, C3_B3, C3_B4, C4_B4, C4_B6, C5_B2 of a ResNet-50. */
  private static final List<String> TABLE_24_BLOCKS = List.of(
      "layer1.0", "layer1.1", "layer1.2", "layer2.1", "layer2.2", "layer2.3", "layer3.3", "layer3.5", "layer4.1");

  /** By name, the usual one first; at least one. */
  Map<String, Message> of(Intervention intervention) {
    Map<String, Message> presets = new LinkedHashMap<>();
    switch (intervention) {
      case PRUNING -> {
        PruningSpec.Builder curve = PruningSpec.newBuilder().setTrials(10)
            .addStrategies(PruneUnits.By.HIGHEST).addStrategies(PruneUnits.By.LOWEST).addStrategies(PruneUnits.By.RANDOM)
            .addPools(UnitPool.UNIT_POOL_PER_LAYER);
        presets.put("Curve to 50 %", curve.clone().addAllShares(List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5)).build());
        presets.put("Table 6 of the paper", curve.clone().addPools(UnitPool.UNIT_POOL_TOTAL).addAllShares(List.of(0.0, 0.1, 0.2)).build());
      }
      case EXCHANGE -> {
        presets.put("Singles", ExchangeSpec.newBuilder().setLargest(1).build());
        presets.put("Tables 30, 32 and 33 of the paper: up to triples", ExchangeSpec.newBuilder().setLargest(3).build());
        presets.put("The same, weights alone as in its code",
            ExchangeSpec.newBuilder().setLargest(3).setScope(LayerScope.LAYER_SCOPE_WEIGHT).build());
        if (has(TABLE_24_BLOCKS)) {
          presets.put("Nine blocks as of a ResNet-50, up to triples (Table 24)",
              ExchangeSpec.newBuilder().setLargest(3).addAllLayers(TABLE_24_BLOCKS).build());
        }
      }
      case PRUNE -> {
        presets.put("Highest 10 % of each layer", EditEncoderSpec.newBuilder()
            .setPrune(PruneUnits.newBuilder().setBy(PruneUnits.By.HIGHEST).setPool(UnitPool.UNIT_POOL_PER_LAYER).setShare(0.1)).build());
        presets.put("What images of my choice own", EditEncoderSpec.newBuilder().setPrune(PruneUnits.newBuilder().setBy(PruneUnits.By.OWNED)).build());
        presets.put("As many others, as a control of images of my choice",
            EditEncoderSpec.newBuilder().setPrune(PruneUnits.newBuilder().setBy(PruneUnits.By.RANDOM_AS_OWNED)).build());
      }
      case EXCHANGE_LAYERS -> {
        if (has(MOST_DELTA)) {
          presets.put("Layers 4, 6 and 8 of a ResNet-9 (Table 21)", EditEncoderSpec.newBuilder()
              .setExchange(ExchangeLayers.newBuilder().addAllLayers(MOST_DELTA)).build());
        }
        presets.put("Layers of my choice", EditEncoderSpec.newBuilder().setExchange(ExchangeLayers.getDefaultInstance()).build());
      }
      case RESTORE_UNIT -> presets.put("One unit", EditEncoderSpec.newBuilder().setRestore(RestoreUnit.getDefaultInstance()).build());
      case FINE_TUNE -> {
        presets.put("Head alone (Table 5)", tuning(30).build());
        if (has(MOST_DELTA)) {
          presets.put("Layers 4, 6 and 8 of a ResNet-9 and head (Table 5)", tuning(30).addAllLayers(MOST_DELTA).build());
        }
        if (has(List.of(TABLE_13_LAYER))) {
          presets.put("One unit of a ResNet-18 on one image (Table 13)", tuning(50).addLayers(TABLE_13_LAYER).setUnit(77).addImageIds(0).build());
        }
      }
    }
    return presets;
  }

  private boolean has(List<String> paths) {
    return layers.stream().map(EditableLayer::path).toList().containsAll(paths);
  }

  private static FineTuneSpec.Builder tuning(int epochs) {
    return FineTuneSpec.newBuilder().setRecipe(TrainingRecipe.newBuilder().setEpochs(epochs));
  }
}
