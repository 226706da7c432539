package dev.engram.metrics.intervention;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.inputs.Inputs;
import dev.engram.runs.EncoderOrigin;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import java.io.IOException;

/**
 * The images of a split that probes learn from and are scored on.
 *
 * @param split {@code splits/x}
 * @param training positions in {@code images} of its public set
 * @param heldOut of its external points
 */
record ProbedData(String split, ImageSet images, int[] training, int[] heldOut) {

    /**
     * Reads and verifies it.
     *
     * @param field of the spec that names the split, for errors
     */
    static ProbedData read(RunContext run, String split, String field) throws IOException {
        String dataset = run.specOf(split).getCreateSplit().getDataset();
        ImageSet images = Inputs.images(run, dataset);
        Split parts = Inputs.split(run, split, images);
        ProbedData data = new ProbedData(split, images, parts.indices(Part.PUBLIC), parts.indices(Part.EXTERNAL));
        if (data.training.length == 0 || data.heldOut.length == 0) {
            throw RunFailure.invalidSpec("%s: %s has no %s".formatted(
                    field, split, data.training.length == 0 ? "public set to learn a probe from" : "external points to score a probe on"));
        }
        return data;
    }

    /**
     * The split that an encoder, or what it was made of, was trained on.
     *
     * @param field of the spec that leaves it open, for errors
     */
    static String splitOf(RunContext run, String encoder, String field) {
        String split = EncoderOrigin.of(encoder, run::specOf).getTrainEncoder().getSplit();
        if (split.isEmpty()) {
            throw RunFailure.invalidSpec("%s: is required: %s was not trained on a split".formatted(field, encoder));
        }
        return split;
    }

    int[] trainingLabels() {
        return images.labels(training);
    }

    int[] heldOutLabels() {
        return images.labels(heldOut);
    }
}
