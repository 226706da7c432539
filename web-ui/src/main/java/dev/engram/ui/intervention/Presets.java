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
 * Where forms start from: what is usual, and the settings of Wang et al. 2024. What there is to name is filled in.
 *
 * @param source {@code encoders/x} to begin with; empty if there is none
 * @param other another
 * @param unitMem {@code runs/x} of a UnitMem
 * @param layerMem {@code runs/x} of a LayerMem
 */
record Presets(String source, String other, String unitMem, String layerMem) {
  private static final List<String> MOST_DELTA = List.of("layer1_residual2.conv", "layer3_head.conv", "layer3_residual2.conv");

  /** By name, the usual one first. */
  Map<String, Message> of(Intervention intervention) {
    Map<String, Message> presets = new LinkedHashMap<>();
    switch (intervention) {
      case PRUNING -> {
        PruningSpec.Builder curve = PruningSpec.newBuilder().setSource(source).setUnitMem(unitMem).setTrials(10)
            .addStrategies(PruneUnits.By.HIGHEST).addStrategies(PruneUnits.By.LOWEST).addStrategies(PruneUnits.By.RANDOM)
            .addPools(UnitPool.UNIT_POOL_PER_LAYER);
        presets.put("Curve to 50 %", curve.clone().addAllShares(List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5)).build());
        presets.put("Table 6 of the paper", curve.clone().addPools(UnitPool.UNIT_POOL_TOTAL).addAllShares(List.of(0.0, 0.1, 0.2)).build());
      }
      case EXCHANGE -> {
        ExchangeSpec.Builder sweep = ExchangeSpec.newBuilder().setSource(source).setOther(other).setLayerMem(layerMem);
        presets.put("Singles", sweep.clone().setLargest(1).build());
        presets.put("Tables 30, 32 and 33 of the paper: up to triples", sweep.clone().setLargest(3).build());
        presets.put("The same, weights alone as in its code", sweep.clone().setLargest(3).setScope(LayerScope.LAYER_SCOPE_WEIGHT).build());
      }
      case PRUNE -> presets.put("Highest 10 % of each layer", EditEncoderSpec.newBuilder().setSource(source)
          .setPrune(PruneUnits.newBuilder().setBy(PruneUnits.By.HIGHEST).setUnitMem(unitMem).setShare(0.1)).build());
      case EXCHANGE_LAYERS -> presets.put("Layers 4, 6 and 8 of a ResNet-9 (Table 21)", EditEncoderSpec.newBuilder().setSource(source)
          .setExchange(ExchangeLayers.newBuilder().setOther(other).addAllLayers(MOST_DELTA)).build());
      case RESTORE_UNIT -> presets.put("One unit", EditEncoderSpec.newBuilder().setSource(source)
          .setRestore(RestoreUnit.newBuilder().setTuned(other)).build());
      case FINE_TUNE -> {
        FineTuneSpec.Builder tuning = FineTuneSpec.newBuilder().setSource(source);
        presets.put("Head alone (Table 5)", tuning.clone().setRecipe(recipe(30)).build());
        presets.put("Layers 4, 6 and 8 of a ResNet-9 and head (Table 5)", tuning.clone().addAllLayers(MOST_DELTA).setRecipe(recipe(30)).build());
        presets.put("One unit of a ResNet-18 on one image (Table 13)", tuning.clone().addLayers("layer4.1.conv2").setUnit(77).addImageIds(0)
            .setRecipe(recipe(50)).build());
      }
    }
    return presets;
  }

  private static TrainingRecipe recipe(int epochs) {
    return TrainingRecipe.newBuilder().setEpochs(epochs).build();
  }
}
