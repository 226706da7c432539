package dev.engram.attack.run;

import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.SafetensorsWriter;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.runs.RunFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * What a classifier says of each attacked crop, as a safetensors file: {@code images} I64 [n], {@code logits} F32 [n, classes]. It is both a
 * result and a resume point.
 */
final class LogitTable {
    private static final String IMAGES = "images";
    private static final String LOGITS = "logits";

    private LogitTable() {}

    /** Equal tables give equal bytes. */
    static void write(Path file, int[] imageIds, FeatureMatrix logits) throws IOException {
        float[] values = new float[logits.rows() * logits.dimension()];
        for (int row = 0; row < logits.rows(); row++) {
            System.arraycopy(logits.row(row), 0, values, row * logits.dimension(), logits.dimension());
        }
        try (Scope scope = Scope.open();
                StateDict tensors = new StateDict();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            tensors.put(IMAGES, scope.longs(Arrays.stream(imageIds).asLongStream().toArray(), imageIds.length));
            tensors.put(LOGITS, scope.floats(values, logits.rows(), logits.dimension()));
            SafetensorsWriter.write(out, tensors, Map.of());
        }
    }

    /**
     * The logits, a row for each attacked image.
     *
     * @throws RunFailure DATA_LOSS if the file is not whole
     */
    static float[][] read(Path file) throws IOException {
        try (StateDict tensors = SafetensorsReader.read(file).state()) {
            int classes = Math.toIntExact(tensors.get(LOGITS).size(1));
            float[] values = tensors.get(LOGITS).floats();
            float[][] rows = new float[values.length / classes][];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Arrays.copyOfRange(values, row * classes, (row + 1) * classes);
            }
            return rows;
        } catch (CorruptFileException e) {
            throw RunFailure.dataLoss(e.getMessage());
        }
    }
}
