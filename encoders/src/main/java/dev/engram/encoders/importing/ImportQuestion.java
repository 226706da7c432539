package dev.engram.encoders.importing;

import java.util.Map;
import java.util.Optional;

/**
 * How a file shall be read, and as what.
 *
 * @param container which state of the file; empty: the one that fits best
 * @param prefix what stands before the encoder's names; empty: whatever fits best
 * @param projectorPrefix what stands before the projector's names; empty: no projector
 * @param network its name; empty: the nearest
 * @param options of the network
 * @param side of its images in pixels; 0: what the weights say
 */
public record ImportQuestion(
        String container, Optional<String> prefix, String projectorPrefix, String network, Map<String, String> options, int side) {
    /** Images are in color. */
    static final int CHANNELS = 3;

    /** Everything is to be found out. */
    public static ImportQuestion open() {
        return new ImportQuestion("", Optional.empty(), "", "", Map.of(), 0);
    }

    /** The same about another network. */
    public ImportQuestion of(String name, Map<String, String> values, int pixels) {
        return new ImportQuestion(container, prefix, projectorPrefix, name, values, pixels);
    }
}
