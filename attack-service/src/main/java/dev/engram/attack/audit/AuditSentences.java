package dev.engram.attack.audit;

import dev.engram.v1.AuditedResult;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.DirectionResult;
import dev.engram.v1.GridCellCrop;
import dev.engram.v1.OneModelResult;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.TestAgreement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an attack was asked, in words: without it no figure can be compared with another. */
final class AuditSentences {
    private AuditSentences() {}

    /** Who voted, how neighbors were found, and what a guess without any picture reaches. */
    static String asked(AuditedResult result) {
        if (result.hasDejaVu()) {
            DejaVuSpec spec = result.getSpec().getDejaVu();
            DejaVuResult found = result.getDejaVu();
            return spec.getPair() + ", " + votes(found.getK(), found.getPublicImages(), spec.getCosine(), spec.getBalancedPublicSet())
                    + guesses(found.getChance(), found.getMajority());
        }
        OneModelSpec spec = result.getSpec().getOneModel();
        OneModelResult found = result.getOneModel();
        return (spec.getPair().isEmpty() ? spec.getEncoder() : spec.getPair()) + ", "
                + votes(found.getK(), found.getPublicImages(), spec.getCosine(), false) + guesses(found.getChance(), found.getMajority());
    }

    private static String votes(int k, int publicImages, boolean cosine, boolean balanced) {
        return "where neighbors vote the %d nearest of %d public images by %s%s. ".formatted(
                k, publicImages, cosine ? "cosine" : "raw L2 distance", balanced ? ", of every class as many" : "");
    }

    private static String guesses(double chance, double majority) {
        return String.format(Locale.ROOT, "A guess at random is right in %.1f %%, the largest public class always in %.1f %%.", 100 * chance, 100 * majority);
    }

    static String crop(Crop crop) {
        return switch (crop.getKindCase()) {
            case CORNER -> crop.getCorner().getCorner().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + crop.getCorner().getFraction();
            case PERIPHERY -> "beside the boxes, over %d pixels".formatted(crop.getPeriphery().getMinSide());
            case EMPTY_RECTANGLE -> "largest rectangle beside the boxes, over %d pixels".formatted(crop.getEmptyRectangle().getMinSide());
            case GRID_CELL -> cell(crop.getGridCell());
            case KIND_NOT_SET -> "whole image";
        };
    }

    private static String cell(GridCellCrop cell) {
        return "row %d and column %d of a grid of %d x %d".formatted(cell.getRow() + 1, cell.getColumn() + 1, cell.getRows(), cell.getColumns());
    }

    /** How many images were attacked, what of them was left out, and which crops tell nothing. */
    static String attacked(List<DirectionResult> directions) {
        return directions.stream()
                .map(direction -> "%d %ss attacked%s%s%s".formatted(
                        direction.getImages(),
                        direction.getDirection(),
                        counted(direction.getLeftOut(), "left out"),
                        counted(direction.getFlat(), "crops of one color"),
                        counted(direction.getRepeated(), "crops like another")))
                .collect(Collectors.joining("; ", "", "."));
    }

    private static String counted(int images, String what) {
        return images == 0 ? "" : ", %d %s".formatted(images, what);
    }

    static String agreement(TestAgreement agreement) {
        return String.format(
                Locale.ROOT,
                "Memorized by this test and by that of two models: %d, by this alone %d, by that alone %d. Cohen's kappa %.2f, precision %.2f, recall %.2f.",
                agreement.getBoth(),
                agreement.getOnlyOneModel(),
                agreement.getOnlyTwoModels(),
                agreement.getKappa(),
                agreement.getPrecision(),
                agreement.getRecall());
    }
}
