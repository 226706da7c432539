package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.encoders.augment.Corner;
import dev.engram.encoders.augment.EmptyRectangle;
import dev.engram.encoders.augment.GridCell;
import dev.engram.encoders.augment.PeripheryCrop;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.GridCellCrop;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Between the crops of a spec and those of the attack. */
public final class CropSpecs {
    private static final double DEFAULT_FRACTION = 0.3;

    private CropSpecs() {}

    /** What is attacked if a spec names no crop: the lower left corner, as in the paper's ablation. */
    static List<Crop> orDefault(List<Crop> crops) {
        return crops.isEmpty()
                ? List.of(Crop.newBuilder().setCorner(CornerCrop.getDefaultInstance()).build())
                : crops;
    }

    /** A corner with every default visible; other crops as they are. */
    static Crop withDefaults(Crop crop) {
        if (!crop.hasCorner()) {
            return crop;
        }
        CornerCrop.Builder corner = crop.getCorner().toBuilder();
        if (corner.getCorner() == Crop.Corner.CORNER_UNSPECIFIED) {
            corner.setCorner(Crop.Corner.LOWER_LEFT);
        }
        if (corner.getFraction() == 0) {
            corner.setFraction(DEFAULT_FRACTION);
        }
        return Crop.newBuilder().setCorner(corner).build();
    }

    /** A crop with every default visible for images of that shape. */
    static Crop withDefaults(Crop crop, ImageShape shape) {
        int minSide = PeripheryCrop.over(shape).minSide();
        return switch (crop.getKindCase()) {
            case PERIPHERY -> crop.getPeriphery().hasMinSide()
                    ? crop
                    : Crop.newBuilder().setPeriphery(crop.getPeriphery().toBuilder().setMinSide(minSide)).build();
            case EMPTY_RECTANGLE -> crop.getEmptyRectangle().hasMinSide()
                    ? crop
                    : Crop.newBuilder()
                            .setEmptyRectangle(crop.getEmptyRectangle().toBuilder().setMinSide(minSide))
                            .build();
            case CORNER, GRID_CELL, KIND_NOT_SET -> withDefaults(crop);
        };
    }

    /**
     * @param crop with every default visible
     * @throws IllegalArgumentException if the crop cannot be taken from these images
     */
    static CropSelection select(Crop crop, ImageSet images, int[] indices) {
        return switch (crop.getKindCase()) {
            case CORNER -> CropSelection.corner(
                    images,
                    indices,
                    Corner.valueOf(crop.getCorner().getCorner().name()),
                    crop.getCorner().getFraction());
            case PERIPHERY -> {
                requireBoxes(images, indices);
                yield CropSelection.periphery(images, indices, new PeripheryCrop(crop.getPeriphery().getMinSide()));
            }
            case EMPTY_RECTANGLE -> {
                requireBoxes(images, indices);
                yield CropSelection.emptyRectangle(
                        images, indices, new EmptyRectangle(crop.getEmptyRectangle().getMinSide()));
            }
            case GRID_CELL -> CropSelection.cell(images, indices, cell(crop.getGridCell()));
            case KIND_NOT_SET -> throw new IllegalArgumentException("a crop is of one kind");
        };
    }

    private static GridCell cell(GridCellCrop cell) {
        return new GridCell(cell.getRows(), cell.getColumns(), cell.getRow(), cell.getColumn());
    }

    private static void requireBoxes(ImageSet images, int[] indices) {
        if (IntStream.of(indices).allMatch(index -> images.boxes(index).isEmpty())) {
            throw new IllegalArgumentException(
                    "data set " + images.name() + " has no boxes: its background is not known, attack from corners");
        }
    }

    /** {@code lower left 0.3}, {@code periphery over 8 px}. */
    public static String describe(Crop crop) {
        return switch (crop.getKindCase()) {
            case CORNER -> corner(crop) + " " + crop.getCorner().getFraction();
            case PERIPHERY -> "periphery over " + crop.getPeriphery().getMinSide() + " px";
            case EMPTY_RECTANGLE -> "largest empty rectangle over " + crop.getEmptyRectangle().getMinSide() + " px";
            case GRID_CELL -> "cell (%d, %d) of %d x %d".formatted(
                    crop.getGridCell().getRow(),
                    crop.getGridCell().getColumn(),
                    crop.getGridCell().getRows(),
                    crop.getGridCell().getColumns());
            case KIND_NOT_SET -> "no crop";
        };
    }

    /** {@code lower left}, whatever its size. */
    public static String corner(Crop crop) {
        return crop.getCorner().getCorner().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
