package dev.engram.encoders.data;

import dev.engram.encoders.image.Picture;
import java.io.IOException;
import java.util.List;

/** Takes the images that an {@link ImageSource} reads, one after the other. */
public interface ImageSink {
    /**
     * What is known of an image beside its pixels.
     *
     * @param file where it comes from, for people: relative to the source
     * @param label not negative
     * @param id names it in its source; not negative
     * @param boxes in pixels of the picture as it is stored; they may reach beyond it
     * @param repeatCount how often an epoch of training visits the image, at least 1
     */
    record Origin(String file, int label, int id, List<Box> boxes, int repeatCount) {
        /** Of an image that is not repeated. */
        Origin(String file, int label, int id, List<Box> boxes) {
            this(file, label, id, boxes, 1);
        }
    }

    /** An image that is there. */
    void picture(Picture picture, Origin origin) throws IOException;

    /** The bytes of a PNG or JPEG file, which may turn out to be none. */
    void encoded(byte[] file, Origin origin) throws IOException;

    /** An image that cannot be read, and why. */
    void unreadable(String file, String reason) throws IOException;
}
