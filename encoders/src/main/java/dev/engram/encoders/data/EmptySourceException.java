package dev.engram.encoders.data;

import java.io.IOException;

/** A place that was to hold images and holds none, or lacks what says what they are. */
public final class EmptySourceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param place as the user named it */
    EmptySourceException(String place, String reason) {
        super(place + ": " + reason);
    }
}
