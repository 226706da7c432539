package dev.engram.encoders.data;

/** Channels, height and width of every image of a set, each at least 1; one image is C·H·W bytes, channel by channel. */
public record ImageShape(int channels, int height, int width) {
    static final int LARGEST_SIDE = 16_384;

    public ImageShape {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels: must be 1 (grey) or 3 (RGB), was " + channels);
        }
        if (height < 1 || height > LARGEST_SIDE || width < 1 || width > LARGEST_SIDE) {
            throw new IllegalArgumentException(
                    "height and width: must be in 1 … " + LARGEST_SIDE + ", were " + height + " and " + width);
        }
    }

    /** Bytes of one image. */
    public int bytes() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
