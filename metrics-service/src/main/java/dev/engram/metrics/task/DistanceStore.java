package dev.engram.metrics.task;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The distances measured so far, {@code [L][N]} for f and g. */
final class DistanceStore implements SavePoints.State {
    final double[][] candidate;
    final double[][] reference;
    private final int images;
    private int done;

    DistanceStore(int layers, int images) {
        this.candidate = new double[layers][images];
        this.reference = new double[layers][images];
        this.images = images;
    }

    /** Appends the distances of a block of images, {@code [L][B]} each. */
    void add(double[][] ofCandidate, double[][] ofReference) {
        int count = ofCandidate[0].length;
        for (int layer = 0; layer < candidate.length; layer++) {
            System.arraycopy(ofCandidate[layer], 0, candidate[layer], done, count);
            System.arraycopy(ofReference[layer], 0, reference[layer], done, count);
        }
        done += count;
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
        int layers = in.readInt();
        int total = in.readInt();
        if (layers != candidate.length || total != images) {
            throw new IOException("the resume point is of %d layers and %d images, the run of %d and %d"
                    .formatted(layers, total, candidate.length, images));
        }
        done = in.readInt();
        for (int layer = 0; layer < layers; layer++) {
            for (int image = 0; image < done; image++) {
                candidate[layer][image] = in.readDouble();
                reference[layer][image] = in.readDouble();
            }
        }
    }
}
