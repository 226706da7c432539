package dev.engram.trainer.dataset;

import com.google.protobuf.ByteString;
import dev.engram.encoders.augment.Corner;
import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.Png;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.ImagePicture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pictures of single images of a data set, whole or what an attack saw of them. */
public final class Pictures {
    private static final double DEFAULT_FRACTION = 0.3;

    private final ImageSet images;
    private final Map<Integer, Integer> indexOfId = new HashMap<>();

    public Pictures(ImageSet images) {
        this.images = images;
        for (int i = 0; i < images.size(); i++) {
            indexOfId.put(images.id(i), i);
        }
    }

    /**
     * The images in the order asked for.
     *
     * @param violations receives ids that are not in the set, and crops that show nothing
     * @return complete only if nothing was reported
     */
    public List<ImagePicture> of(List<Long> ids, Crop crop, FieldViolations violations) {
        CropRectangle part = rectangle(crop, violations);
        for (int i = 0; i < ids.size(); i++) {
            violations.require(
                    index(ids.get(i)) != null,
                    "image_ids[%d]".formatted(i),
                    "%s has no image %d".formatted(images.name(), ids.get(i)));
        }
        return violations.isEmpty() ? ids.stream().map(id -> picture(index(id), part)).toList() : List.of();
    }

    private Integer index(long id) {
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

    private CropRectangle rectangle(Crop crop, FieldViolations violations) {
        ImageShape shape = images.shape();
        CropRectangle whole = CropRectangle.whole(shape.height(), shape.width());
        return switch (crop.getKindCase()) {
            case KIND_NOT_SET -> whole;
            case PERIPHERY -> {
                violations.add("crop.periphery", "differs from image to image: ask for whole images");
                yield whole;
            }
            case CORNER -> {
                CornerCrop asked = crop.getCorner();
                double fraction = asked.getFraction() == 0 ? DEFAULT_FRACTION : asked.getFraction();
                if (!(fraction > 0 && fraction < 1) || (int) (fraction * Math.min(shape.height(), shape.width())) < 1) {
                    violations.add(
                            "crop.corner.fraction", "must be in (0, 1) and come to at least a pixel, is " + fraction);
                    yield whole;
                }
                yield corner(asked.getCorner()).of(shape.height(), shape.width(), fraction);
            }
        };
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
