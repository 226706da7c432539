package dev.engram.encoders.data;

import dev.engram.encoders.image.Picture;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Brings an image set to the form encoders take: three channels, square, a given side. Done once, when a data set is registered,
 * so that pixels, boxes and digests all speak of what the encoder sees.
 *
 * <ul>
 *   <li>A grey image is replicated into three equal channels.
 *   <li>An image that fits is padded with black, as evenly as possible (28×28 → 32×32: 2 pixels on every side).
 *   <li>A larger one is resized (bilinear, antialiased) so that its longer side fits, then padded likewise; nothing is cut off.
 * </ul>
 * Boxes move along. Labels, ids and class names stay.
 */
public final class EncoderInput {
    private static final int RGB = 3;
    private static final int MULTIPLE = 8;

    private final ImageShape from;
    private final ImageShape to;
    private final int height;
    private final int width;
    private final int top;
    private final int left;

    private EncoderInput(ImageShape from, int side) {
        this.from = from;
        this.to = new ImageShape(RGB, side, side);
        double scale = Math.min(1, (double) side / Math.max(from.height(), from.width()));
        this.height = Math.max(1, (int) Math.round(from.height() * scale));
        this.width = Math.max(1, (int) Math.round(from.width() * scale));
        this.top = (side - height) / 2;
        this.left = (side - width) / 2;
    }

    /** The side that images of this shape are brought to if none is asked for: the next multiple of 8 (28 → 32). */
    public static int side(ImageShape shape) {
        return (Math.max(shape.height(), shape.width()) + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    }

    /** The set as [N, 3, side, side] with {@link #side} as side. */
    public static ImageSet of(ImageSet set) {
        return of(set, side(set.shape()));
    }

    /** The set as [N, 3, side, side]; the same object if it already is. */
    public static ImageSet of(ImageSet set, int side) {
        EncoderInput input = new EncoderInput(set.shape(), side);
        if (set.shape().equals(input.to)) {
            return set;
        }
        ImageSetBuilder builder = new ImageSetBuilder(set.name(), input.to, set.classNames(), Math.max(1, set.size()));
        for (int i = 0; i < set.size(); i++) {
            List<Box> boxes = set.boxes(i).stream().map(input::place).toList();
            builder.add(input.place(set.image(i)), set.label(i), set.id(i), boxes);
        }
        return builder.build();
    }

    private byte[] place(ByteBuffer image) {
        byte[] fitting = new byte[from.bytes()];
        image.get(fitting);
        if (height != from.height() || width != from.width()) {
            fitting = new Picture(from.channels(), from.height(), from.width(), fitting)
                    .resize(height, width)
                    .planes();
        }
        byte[] placed = new byte[to.bytes()];
        for (int c = 0; c < RGB; c++) {
            int plane = from.channels() == 1 ? 0 : c;
            for (int y = 0; y < height; y++) {
                System.arraycopy(
                        fitting, (plane * height + y) * width,
                        placed, (c * to.height() + top + y) * to.width() + left, width);
            }
        }
        return placed;
    }

    private Box place(Box box) {
        double vertical = (double) height / from.height();
        double horizontal = (double) width / from.width();
        return new Box(
                left + (int) Math.floor(box.xmin() * horizontal),
                top + (int) Math.floor(box.ymin() * vertical),
                left + (int) Math.ceil(box.xmax() * horizontal),
                top + (int) Math.ceil(box.ymax() * vertical));
    }
}
