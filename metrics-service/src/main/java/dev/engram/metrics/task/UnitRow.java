package dev.engram.metrics.task;

import dev.engram.metrics.MeasuredLayer;
import java.util.List;

/**
 * Everything about one unit: a row of {@code units.csv}.
 *
 * @param unitMem Eq. 8; 0 if dead
 * @param nullUnitMem of the same unit in the untrained network
 * @param max μ_max
 * @param others mean or median of the other images
 * @param ties images that share the maximum exactly, 1 if it is unique
 * @param dead no image drives it
 * @param topImages highest mean first, at least one
 */
public record UnitRow(
        MeasuredLayer layer,
        int unit,
        double unitMem,
        double nullUnitMem,
        float max,
        double others,
        int ties,
        boolean dead,
        boolean nullDead,
        List<TopImage> topImages) {
    /** An image and its mean activation. */
    public record TopImage(int id, float mean) {}

    public UnitRow {
        topImages = List.copyOf(topImages);
    }
}
