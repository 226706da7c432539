package dev.engram.encoders.data;

import java.util.List;

/** Brings an image set in memory to the form encoders take, by {@link Geometry#pad}. Boxes move along. Labels, ids and class names stay. */
public final class EncoderInput {
    private static final int MULTIPLE = 8;

    private EncoderInput() {}

    /** The side that images of this shape are brought to if none is asked for: the next multiple of 8 (28 → 32). */
    public static int side(ImageShape shape) {
        return Math.ceilDiv(Math.max(shape.height(), shape.width()), MULTIPLE) * MULTIPLE;
    }

    /** The set as [N, 3, side, side] with {@link #side} as side. */
    public static ImageSet of(ImageSet set) {
        return of(set, side(set.shape()));
    }

    /** The set as [N, 3, side, side]; the same object if it already is. */
    public static ImageSet of(ImageSet set, int side) {
        Geometry geometry = Geometry.pad(side);
        if (set.shape().equals(geometry.shape())) {
            return set;
        }
        ImageSetBuilder builder = new ImageSetBuilder(set.name(), geometry.shape(), set.classNames(), Math.max(1, set.size()));
        for (int i = 0; i < set.size(); i++) {
            Geometry.Placed placed = geometry.place(set.picture(i), set.boxes(i));
            builder.add(placed.image(), set.label(i), set.id(i), List.copyOf(placed.boxes()), set.repeatCount(i));
        }
        return builder.build();
    }
}
