package dev.engram.trainer.dataset;

import com.google.protobuf.ByteString;
import dev.engram.encoders.augment.Corner;
import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.augment.EmptyRectangle;
import dev.engram.encoders.augment.GridCell;
import dev.engram.encoders.augment.PeripheryCrop;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.Png;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Crop;
import dev.engram.v1.GridCellCrop;
import dev.engram.v1.ImagePicture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pictures of single images of a data set, whole or what an attack saw of them. */
public final class Pictures {
    private static final double DEFAULT_FRACTION = 0.3;

    private final ImageSet images;
    private final Map<Integer, Integer> indexOfId = new HashMap<>();
    private final ImageListing listing;

    public Pictures(ImageSet images) {
        this.images = images;
        this.listing = new ImageListing(images);
        for (int i = 0; i < images.size(); i++) {
            indexOfId.put(images.id(i), i);
        }
    }

    /** All images without their pixels, in pages. */
    ImageListing listing() {
        return listing;
    }

    /**
     * The images in the order asked for.
     *
     * @param violations receives ids that are not in the set, and crops that show nothing
     * @return complete only if nothing was reported
     */
    public List<ImagePicture> of(List<Long> ids, Crop crop, FieldViolations violations) {
        check(crop, violations);
        List<ImagePicture> pictures = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String field = "image_ids[%d]".formatted(i);
            Integer index = index(ids.get(i));
            if (index == null) {
                violations.add(field, "%s has no image %d".formatted(images.name(), ids.get(i)));
                continue;
            }
            if (violations.isEmpty()) {
                part(crop, index).ifPresentOrElse(
                        part -> pictures.add(picture(index, part)),
                        () -> violations.add(field, "image %d has no patch beside its boxes".formatted(images.id(index))));
            }
        }
        return pictures;
    }

    /** The set they are of. */
    ImageSet images() {
        return images;
    }

    /** Position of the image of this id; null if there is none. */
    Integer index(long id) {
        return id == (int) id ? indexOfId.get((int) id) : null;
    }

    private ImagePicture picture(int index, CropRectangle part) {
        Picture shown = images.picture(index).crop(part.top(), part.left(), part.height(), part.width());
        return ImagePicture.newBuilder()
                .setImageId(images.id(index))
                .setLabel(images.label(index))
                .setPng(ByteString.copyFrom(Png.encode(shown)))
                .build();
    }

    /** What is shown of an image; empty if it has no such part. */
    private Optional<CropRectangle> part(Crop crop, int index) {
        ImageShape shape = images.shape();
        return switch (crop.getKindCase()) {
            case KIND_NOT_SET -> Optional.of(CropRectangle.whole(shape.height(), shape.width()));
            case PERIPHERY -> periphery(crop).seen(images, index);
            case EMPTY_RECTANGLE -> (crop.getEmptyRectangle().hasMinSide()
                            ? new EmptyRectangle(crop.getEmptyRectangle().getMinSide())
                            : EmptyRectangle.over(shape))
                    .seen(images, index);
            case GRID_CELL -> Optional.of(cell(crop).of(shape.height(), shape.width()));
            case CORNER -> Optional.of(
                    corner(crop.getCorner().getCorner()).of(shape.height(), shape.width(), fraction(crop)));
        };
    }

    private PeripheryCrop periphery(Crop crop) {
        return crop.getPeriphery().hasMinSide()
                ? new PeripheryCrop(crop.getPeriphery().getMinSide())
                : PeripheryCrop.over(images.shape());
    }

    private void check(Crop crop, FieldViolations violations) {
        int shorter = Math.min(images.shape().height(), images.shape().width());
        double fraction = fraction(crop);
        violations.require(
                !crop.hasCorner() || (fraction > 0 && fraction < 1 && (int) (fraction * shorter) >= 1),
                "crop.corner.fraction",
                "must be in (0, 1) and come to at least a pixel, is " + fraction);
        violations.require(
                !crop.hasPeriphery() || crop.getPeriphery().getMinSide() >= 0,
                "crop.periphery.min_side",
                "must be at least 0, is " + crop.getPeriphery().getMinSide());
        violations.require(
                !crop.hasEmptyRectangle() || crop.getEmptyRectangle().getMinSide() >= 0,
                "crop.empty_rectangle.min_side",
                "must be at least 0, is " + crop.getEmptyRectangle().getMinSide());
        violations.require(
                !crop.hasGridCell() || isCell(crop.getGridCell(), shorter),
                "crop.grid_cell",
                "must be a cell of a grid with at most as many rows and columns as the image has pixels");
    }

    private static GridCell cell(Crop crop) {
        GridCellCrop cell = crop.getGridCell();
        return new GridCell(cell.getRows(), cell.getColumns(), cell.getRow(), cell.getColumn());
    }

    private static boolean isCell(GridCellCrop cell, int shorter) {
        return cell.getRows() >= 1 && cell.getRows() <= shorter && cell.getColumns() >= 1 && cell.getColumns() <= shorter
                && cell.getRow() >= 0 && cell.getRow() < cell.getRows()
                && cell.getColumn() >= 0 && cell.getColumn() < cell.getColumns();
    }

    private static double fraction(Crop crop) {
        return crop.getCorner().getFraction() == 0 ? DEFAULT_FRACTION : crop.getCorner().getFraction();
    }

    private static Corner corner(Crop.Corner corner) {
        return switch (corner) {
            case LOWER_RIGHT -> Corner.LOWER_RIGHT;
            case UPPER_LEFT -> Corner.UPPER_LEFT;
            case UPPER_RIGHT -> Corner.UPPER_RIGHT;
            case LOWER_LEFT, CORNER_UNSPECIFIED, UNRECOGNIZED -> Corner.LOWER_LEFT;
        };
    }
}
