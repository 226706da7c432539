package dev.engram.metrics.result;

import dev.engram.metrics.task.MeasureRules;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.ArrayList;
import java.util.List;

/** Whether a UnitMem and a LayerMem may stand beside each other. */
final class SamePair {
    private SamePair() {}

    /**
     * What to know before comparing the two, in sentences: they were made of different numbers of views, with different views, or
     * UnitMem is of the reference, which SSLMem does not describe.
     *
     * @throws InvalidRunException if they measure different pairs, whose images have nothing to do with each other
     */
    static List<String> check(FinishedRun units, FinishedRun layers, FieldViolations violations) {
        UnitMemSpec unitMem = units.spec().getUnitMem();
        LayerMemSpec layerMem = layers.spec().getLayerMem();
        violations.require(
                unitMem.getPair().equals(layerMem.getPair()),
                "layer_mem",
                "must measure the same pair: the UnitMem is of %s, the LayerMem of %s".formatted(unitMem.getPair(), layerMem.getPair()));
        ResultArtifacts.refuse(violations);
        List<String> warnings = new ArrayList<>();
        int unitViews = MeasureRules.views(unitMem.getViews());
        int layerViews = MeasureRules.views(layerMem.getViews());
        if (unitViews != layerViews) {
            warnings.add("UnitMem is of %d views an image, LayerMem of %d: ranks compare, levels do not.".formatted(unitViews, layerViews));
        }
        if (!unitMem.getAugmentation().equals(layerMem.getAugmentation()) || unitMem.getSeed() != layerMem.getSeed()) {
            warnings.add("The two measures saw different views of the images.");
        }
        if (unitMem.getReference()) {
            warnings.add("The units are those of g, but SSLMem says what f remembers: a positive score is no memory of g.");
        }
        return List.copyOf(warnings);
    }
}
