package dev.engram.encoders.augment;

/** The operations of a colour jitter; their ordinals are known to {@link ViewProgram}. */
public enum ColorOperation {
    /** clamp(f·x). */
    BRIGHTNESS,
    /** clamp(f·x + (1-f)·m), m the mean of the image's luminance. */
    CONTRAST,
    /** clamp(f·x + (1-f)·y), y the pixel's luminance. */
    SATURATION,
    /** Hue in turns + f, saturation and value kept (HSV). */
    HUE
}
