package dev.engram.encoders.augment;

/** A rectangle of an image in pixels: rows top … top+height-1, columns left … left+width-1. */
public record CropRectangle(int top, int left, int height, int width) {
    public CropRectangle {
        if (top < 0 || left < 0 || height < 1 || width < 1) {
            throw new IllegalArgumentException("crop: needs top, left >= 0 and height, width >= 1, was [%d, %d, %d, %d]"
                    .formatted(top, left, height, width));
        }
    }

    /** The whole of an image. */
    public static CropRectangle whole(int height, int width) {
        return new CropRectangle(0, 0, height, width);
    }
}
