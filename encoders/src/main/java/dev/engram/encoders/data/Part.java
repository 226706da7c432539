package dev.engram.encoders.data;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a split uses an image for. Encoder f trains on shared ∪ candidate, encoder g on shared ∪ independent. */
public enum Part {
    /** Trains both encoders. */
    SHARED,
    /** Trains only f: the images whose memorization by f is measured and attacked. */
    CANDIDATE,
    /** Trains only g: the mirror of the candidates. */
    INDEPENDENT,
    /** Trains neither encoder: the external points that scores are compared with. */
    EXTERNAL,
    /** Trains neither encoder: the labelled public images X that an attacker looks neighbours up in. */
    PUBLIC;

    /** The lower-case name used in files. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
