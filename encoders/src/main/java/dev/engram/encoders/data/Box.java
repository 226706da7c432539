package dev.engram.encoders.data;

import dev.engram.encoders.image.Orientation;
import java.util.Optional;

/**
 * A rectangle of pixels, half open: columns {@code xmin} … {@code xmax}-1, rows {@code ymin} … {@code ymax}-1, origin at the
 * upper left. Coordinates refer to the image as stored in its {@link ImageSet}.
 */
public record Box(int xmin, int ymin, int xmax, int ymax) {
    public Box {
        if (xmin < 0 || ymin < 0 || xmax <= xmin || ymax <= ymin) {
            throw new IllegalArgumentException(
                    "box: needs 0 <= xmin < xmax and 0 <= ymin < ymax, was [%d, %d, %d, %d]"
                            .formatted(xmin, ymin, xmax, ymax));
        }
    }

    public int width() {
        return xmax - xmin;
    }

    public int height() {
        return ymax - ymin;
    }

    /** Whether both rectangles share at least one pixel. */
    public boolean intersects(Box other) {
        return xmin < other.xmax && other.xmin < xmax && ymin < other.ymax && other.ymin < ymax;
    }

    /** What of this box lies in a picture of that size; empty if nothing does. */
    public Optional<Box> within(int width, int height) {
        int right = Math.min(xmax, width);
        int bottom = Math.min(ymax, height);
        return xmin < right && ymin < bottom ? Optional.of(new Box(xmin, ymin, right, bottom)) : Optional.empty();
    }

    /** Where this box of a stored picture of that size is once the picture is turned upright. */
    public Box turned(Orientation orientation, int width, int height) {
        Box box = orientation.transposed() ? new Box(ymin, xmin, ymax, xmax) : this;
        int wide = orientation.transposed() ? height : width;
        int tall = orientation.transposed() ? width : height;
        int left = orientation.mirrored() ? wide - box.xmax : box.xmin;
        int top = orientation.flipped() ? tall - box.ymax : box.ymin;
        return new Box(left, top, left + box.width(), top + box.height());
    }

    /** This box moved by (dx, dy) pixels. */
    public Box moved(int dx, int dy) {
        return new Box(xmin + dx, ymin + dy, xmax + dx, ymax + dy);
    }
}
