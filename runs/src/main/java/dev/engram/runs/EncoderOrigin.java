package dev.engram.runs;

import dev.engram.v1.RunSpec;
import java.util.Optional;
import java.util.function.Function;

/** Where the weights of encoders that were made of encoders came from in the first place. */
public final class EncoderOrigin {
    private EncoderOrigin() {}

    /**
     * The spec of the training or import at the beginning of an encoder's line; its own if it was trained or imported.
     *
     * @param encoder {@code encoders/x}
     * @param specs by encoder; an encoder is made of older ones alone, so the way ends
     */
    public static RunSpec of(String encoder, Function<String, RunSpec> specs) {
        RunSpec spec = specs.apply(encoder);
        Optional<String> source = source(spec);
        while (source.isPresent()) {
            spec = specs.apply(source.get());
            source = source(spec);
        }
        return spec;
    }

    /** The encoder that a run makes another of; empty if it needs none. */
    public static Optional<String> source(RunSpec spec) {
        if (spec.hasFineTune()) {
            return Optional.of(spec.getFineTune().getSource());
        }
        return spec.hasEditEncoder() ? Optional.of(spec.getEditEncoder().getSource()) : Optional.empty();
    }
}
