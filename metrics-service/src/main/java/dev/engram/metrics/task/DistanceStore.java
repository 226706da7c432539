package dev.engram.metrics.task;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.runs.RunFailure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** The distances measured so far, {@code [L][N]} for f and g. */
final class DistanceStore implements SavePoints.State {
    final double[][] candidate;
    final double[][] reference;
    private final List<MeasuredLayer> layers;
    private final int images;
    private int done;

    DistanceStore(List<MeasuredLayer> layers, int images) {
        this.layers = layers;
        this.candidate = new double[layers.size()][images];
        this.reference = new double[layers.size()][images];
        this.images = images;
    }

    /**
     * Appends the distances of a block of images, {@code [L][B]} each.
     *
     * @throws RunFailure DIVERGED if one is NaN or infinite
     */
    void add(double[][] ofCandidate, double[][] ofReference) {
        requireFinite("f", ofCandidate);
        requireFinite("g", ofReference);
        int count = ofCandidate[0].length;
        for (int layer = 0; layer < candidate.length; layer++) {
            System.arraycopy(ofCandidate[layer], 0, candidate[layer], done, count);
            System.arraycopy(ofReference[layer], 0, reference[layer], done, count);
        }
        done += count;
    }

    /** Appends the distances of the images that come next. */
    void append(DistanceStore next) {
        for (int layer = 0; layer < candidate.length; layer++) {
            System.arraycopy(next.candidate[layer], 0, candidate[layer], done, next.done);
            System.arraycopy(next.reference[layer], 0, reference[layer], done, next.done);
        }
        done += next.done;
    }

    /** Images appended so far. */
    int done() {
        return done;
    }

    private void requireFinite(String encoder, double[][] distances) {
        for (int layer = 0; layer < distances.length; layer++) {
            for (double distance : distances[layer]) {
                if (!Double.isFinite(distance)) {
                    throw RunFailure.diverged(0, "encoder %s: a distance at %s is %s; its weights or activations are not finite"
                            .formatted(encoder, layers.get(layer).layer(), distance));
                }
            }
        }
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(candidate.length);
        out.writeInt(images);
        out.writeInt(done);
        for (int layer = 0; layer < candidate.length; layer++) {
            for (int image = 0; image < done; image++) {
                out.writeDouble(candidate[layer][image]);
                out.writeDouble(reference[layer][image]);
            }
        }
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        int rows = in.readInt();
        int total = in.readInt();
        if (rows != candidate.length || total != images) {
            throw new IOException("the resume point is of %d layers and %d images, the run of %d and %d"
                    .formatted(rows, total, candidate.length, images));
        }
        done = in.readInt();
        for (int layer = 0; layer < rows; layer++) {
            for (int image = 0; image < done; image++) {
                candidate[layer][image] = in.readDouble();
                reference[layer][image] = in.readDouble();
            }
        }
    }
}
