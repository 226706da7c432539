package dev.engram.metrics.intervention;

import dev.engram.encoders.edit.EditableLayer;
import dev.engram.encoders.edit.EditableLayers;
import dev.engram.encoders.edit.ExchangePart;
import dev.engram.encoders.edit.LayerExchange;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** What edits ask of encoders, with failures that name the field or the resource. */
final class EncoderInputs {
    private EncoderInputs() {}

    /** Another encoder of the same network; the caller closes it. */
    static TrainedEncoder readSame(RunContext run, TrainedEncoder first, String encoder, String field) throws IOException {
        TrainedEncoder other = Inputs.encoder(run, encoder);
        try {
            LayerExchange.requireSame(first.encoder(), other.encoder());
            return other;
        } catch (IllegalArgumentException e) {
            other.close();
            throw RunFailure.invalidSpec("%s: %s %s".formatted(field, encoder, e.getMessage()));
        }
    }

    /** The layers of these paths, or the usual ones if there are none. */
    static List<EditableLayer> layers(TrainedEncoder encoder, List<String> paths, String field) {
        return named(field, () -> EditableLayers.of(encoder.encoder()).named(paths));
    }

    /** Layers and modules of these paths, or the usual layers if there are none. */
    static List<ExchangePart> parts(TrainedEncoder encoder, List<String> paths, String field) {
        return named(field, () -> EditableLayers.of(encoder.encoder()).parts(paths));
    }

    private static <T> List<T> named(String field, Supplier<List<T>> found) {
        try {
            return found.get();
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec(field + ": " + e.getMessage());
        }
    }
}
