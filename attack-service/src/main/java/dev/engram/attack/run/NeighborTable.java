package dev.engram.attack.run;

import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.SafetensorsWriter;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.eval.Neighbors;
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
 * The public images nearest to each attacked crop, as a safetensors file: {@code images} I64 [n], {@code neighbors} I64 [n, k]
 * (image ids, nearest first), {@code distances} F64 [n, k] (squared L2). It is both a result and a resume point.
 *
 * @param images ids of the attacked images
 * @param neighbors ids of public images
 */
record NeighborTable(long[] images, long[][] neighbors, double[][] distances) {
    private static final String IMAGES = "images";
    private static final String NEIGHBORS = "neighbors";
    private static final String DISTANCES = "distances";

    /** @param publicIds ids of the images that the rows of {@code found} stand for */
    static NeighborTable of(int[] imageIds, Neighbors found, int[] publicIds) {
        return new NeighborTable(
                Arrays.stream(imageIds).asLongStream().toArray(),
                Arrays.stream(found.rows())
                        .map(rows -> Arrays.stream(rows).mapToLong(row -> publicIds[row]).toArray())
                        .toArray(long[][]::new),
                found.distances());
    }

    /** Equal tables give equal bytes. */
    void write(Path file) throws IOException {
        try (Scope scope = Scope.open();
                StateDict tensors = new StateDict();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            int k = neighbors[0].length;
            tensors.put(IMAGES, scope.longs(images, images.length));
            tensors.put(
                    NEIGHBORS,
                    scope.longs(Arrays.stream(neighbors).flatMapToLong(Arrays::stream).toArray(), images.length, k));
            tensors.put(
                    DISTANCES,
                    scope.doubles(
                            Arrays.stream(distances).flatMapToDouble(Arrays::stream).toArray(), images.length, k));
            SafetensorsWriter.write(out, tensors, Map.of());
        }
    }

    /** @throws RunFailure DATA_LOSS if the file is not whole */
    static NeighborTable read(Path file) throws IOException {
        try (StateDict tensors = SafetensorsReader.read(file).state()) {
            int k = Math.toIntExact(tensors.get(NEIGHBORS).size(1));
            long[] neighbors = tensors.get(NEIGHBORS).longs();
            double[] distances = tensors.get(DISTANCES).doubles();
            long[] images = tensors.get(IMAGES).longs();
            long[][] neighborRows = new long[images.length][];
            double[][] distanceRows = new double[images.length][];
            for (int i = 0; i < images.length; i++) {
                neighborRows[i] = Arrays.copyOfRange(neighbors, i * k, (i + 1) * k);
                distanceRows[i] = Arrays.copyOfRange(distances, i * k, (i + 1) * k);
            }
            return new NeighborTable(images, neighborRows, distanceRows);
        } catch (CorruptFileException e) {
            throw RunFailure.dataLoss(e.getMessage());
        }
    }
}
