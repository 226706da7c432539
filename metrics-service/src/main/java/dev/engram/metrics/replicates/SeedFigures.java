package dev.engram.metrics.replicates;

import dev.engram.v1.ClassMemResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ReplicatedFigure;
import dev.engram.v1.UnitMemResult;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of one seed's results that are compared with the same numbers of other seeds, by what they are of.
 *
 * @param values in the order of the results
 */
record SeedFigures(Map<Key, Double> values) {
    /** What a number is of; see {@link ReplicatedFigure}. */
    record Key(String measure, String layer, String point, int depth, String quantity) {}

    SeedFigures() {
        this(new LinkedHashMap<>());
    }

    void add(LayerMemResult result) {
        for (LayerScore row : result.getLayersList()) {
            row.getSubsetsList().forEach(subset -> put(row, subset.getSubset(), subset.getMean()));
            row.getDifferencesList()
                    .forEach(difference -> put(row, difference.getSubset() + " - " + difference.getAgainst(), difference.getMean()));
            if (row.hasDeltaConv()) {
                put(row, "delta_conv", row.getDeltaConv());
            }
            if (row.hasDeltaModule()) {
                put(row, "delta_module", row.getDeltaModule());
            }
            if (row.hasDeltaBlock()) {
                put(row, "delta_block", row.getDeltaBlock());
            }
        }
    }

    private void put(LayerScore row, String quantity, double value) {
        values.put(new Key("layer_mem", row.getLayer(), row.getPoint(), row.getDepth(), quantity), value);
    }

    void add(UnitMemResult result) {
        result.getLayersList().forEach(layer -> {
            Map<String, Double> quantities = new LinkedHashMap<>();
            quantities.put("mean", layer.getMean());
            quantities.put("null_mean", layer.getNullMean());
            quantities.put("mean - null_mean", layer.getMean() - layer.getNullMean());
            quantities.forEach((quantity, value) ->
                    values.put(new Key("unit_mem", layer.getLayer(), layer.getPoint(), layer.getDepth(), quantity), value));
        });
    }

    void add(ClassMemResult result) {
        result.getLayersList().forEach(layer -> {
            values.put(new Key("class_mem", layer.getLayer(), layer.getPoint(), layer.getDepth(), "class_mem_mean"), layer.getClassMemMean());
            values.put(new Key("class_mem", layer.getLayer(), layer.getPoint(), layer.getDepth(), "selectivity_mean"), layer.getSelectivityMean());
        });
    }

    void add(ProbeResult result) {
        result.getAccuraciesList().forEach(accuracy -> {
            values.put(new Key("probe", accuracy.getLayer(), "", 0, "linear " + accuracy.getEncoder()), accuracy.getLinear());
            values.put(new Key("probe", accuracy.getLayer(), "", 0, "knn " + accuracy.getEncoder()), accuracy.getKnn());
        });
    }

    void add(DejaVuResult result) {
        for (int crop = 0; crop < result.getCropsCount(); crop++) {
            String number = Integer.toString(crop);
            values.put(new Key("deja_vu", number, "", 0, "score"), result.getCrops(crop).getScore().getValue());
            values.put(new Key("deja_vu", number, "", 0, "target"), result.getCrops(crop).getTarget().getValue());
            values.put(new Key("deja_vu", number, "", 0, "reference"), result.getCrops(crop).getReference().getValue());
            values.put(new Key("deja_vu", number, "", 0, "memorized"), result.getCrops(crop).getMemorized().getValue());
        }
    }
}
