package dev.engram.trainer.dataset;

import dev.engram.encoders.data.Part;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a split puts an image: in one of its parts, or in none, with the reason. */
enum SplitPlace {
    SHARED,
    CANDIDATE,
    INDEPENDENT,
    EXTERNAL,
    PUBLIC,
    /** Its pixels equal another's, or those of an image with another label. */
    DUPLICATE,
    /** It nearly shows a training image. */
    NEAR_DUPLICATE,
    /** More images than were asked for. */
    UNUSED;

    static SplitPlace of(Part part) {
        return switch (part) {
            case SHARED -> SHARED;
            case CANDIDATE -> CANDIDATE;
            case INDEPENDENT -> INDEPENDENT;
            case EXTERNAL -> EXTERNAL;
            case PUBLIC -> PUBLIC;
        };
    }

    /** The lower-case name used in requests. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SplitPlace> ofKey(String key) {
        return Arrays.stream(values()).filter(place -> place.key().equals(key)).findFirst();
    }

    static String keys() {
        return Arrays.stream(values()).map(SplitPlace::key).collect(Collectors.joining(", "));
    }
}
