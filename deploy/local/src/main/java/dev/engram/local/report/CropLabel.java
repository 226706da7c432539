package dev.engram.local.report;

import dev.engram.v1.Crop;
import java.util.Locale;

/** Names a crop for people and for {@code report.json}, e.g. {@code lower-left 0.3} or {@code periphery}. */
final class CropLabel {
    private CropLabel() {}

    static String of(Crop crop) {
        return switch (crop.getKindCase()) {
            case CORNER -> crop.getCorner().getCorner().name().toLowerCase(Locale.ROOT).replace('_', '-')
                    + String.format(Locale.ROOT, " %.2g", crop.getCorner().getFraction());
            case PERIPHERY -> "periphery";
            case EMPTY_RECTANGLE -> "largest empty rectangle";
            case GRID_CELL -> "cell (%d, %d) of %d x %d".formatted(
                    crop.getGridCell().getRow(),
                    crop.getGridCell().getColumn(),
                    crop.getGridCell().getRows(),
                    crop.getGridCell().getColumns());
            case KIND_NOT_SET -> "whole image";
        };
    }
}
