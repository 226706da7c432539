package dev.engram.metrics.task;

import dev.engram.encoders.checkpoint.SafetensorsWriter;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Arrays of a result as safetensors, in the order they are put: what {@code safetensors.numpy.load_file} reads. */
final class ArrayFile implements AutoCloseable {
    private final Scope scope = Scope.open();
    private final StateDict arrays = new StateDict();

    ArrayFile put(String name, double[] values, long... shape) {
        arrays.put(name, scope.doubles(values, shape));
        return this;
    }

    ArrayFile put(String name, float[] values, long... shape) {
        arrays.put(name, scope.floats(values, shape));
        return this;
    }

    ArrayFile put(String name, long[] values, long... shape) {
        arrays.put(name, scope.longs(values, shape));
        return this;
    }

    /** Writes all of them; equal arrays and metadata are equal bytes. */
    Path write(Path file, Map<String, String> metadata) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            SafetensorsWriter.write(out, arrays, metadata);
        }
        return file;
    }

    @Override
    public void close() {
        arrays.close();
        scope.close();
    }
}
