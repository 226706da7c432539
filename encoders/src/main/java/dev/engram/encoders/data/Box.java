package dev.engram.encoders.data;

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

    /** This box moved by (dx, dy) pixels. */
    public Box moved(int dx, int dy) {
        return new Box(xmin + dx, ymin + dy, xmax + dx, ymax + dy);
    }
}
