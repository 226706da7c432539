package dev.engram.metrics.cka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Linear centered kernel alignment between every layer of one encoder and every layer of another, summed over batches:
 * CKA(i, j) = Σ HSIC(Kᵢ, Lⱼ) / √(Σ HSIC(Kᵢ, Kᵢ) · Σ HSIC(Lⱼ, Lⱼ)).
 *
 * <p>S. Kornblith, M. Norouzi, H. Lee, G. Hinton, "Similarity of Neural Network Representations Revisited", ICML 2019,
 * <a href="https://arxiv.org/abs/1905.00414">arXiv 1905.00414</a>, eq. 4; over batches as T. Nguyen, M. Raghu, S. Kornblith, "Do Wide and
 * Deep Networks Learn the Same Things?", ICLR 2021, <a href="https://arxiv.org/abs/2010.15327">arXiv 2010.15327</a>, eq. 1.
 *
 * <p>Memory: one number a pair of layers, whatever the number of images. Cost of a batch of n images: n² operations a pair of layers.
 * Sums of disjoint batches can be merged.
 */
public final class Cka {
    private final HsicEstimator estimator;
    private final double[][] between;
    private final double[] first;
    private final double[] second;
    private int batches;

    /** Nothing seen yet, for so many layers of the first and of the second encoder. */
    public Cka(HsicEstimator estimator, int firstLayers, int secondLayers) {
        this.estimator = estimator;
        this.between = new double[firstLayers][secondLayers];
        this.first = new double[firstLayers];
        this.second = new double[secondLayers];
    }

    /**
     * Adds a batch of n images.
     *
     * @param firstGrams for each layer of the first encoder the inner products {@code [n, n]} of the images there; any common offset
     *     of the vectors is without effect but for rounding
     * @param secondGrams the same for the second encoder and the same images
     * @throws ArithmeticException naming encoder and layer if an inner product is NaN or infinite; nothing is added then
     */
    public void add(List<float[]> firstGrams, List<float[]> secondGrams, int images) {
        List<CenteredGram> rows = centered("first", firstGrams, first.length, images);
        List<CenteredGram> columns = centered("second", secondGrams, second.length, images);
        IntStream.range(0, rows.size()).parallel().forEach(i -> {
            first[i] += rows.get(i).hsic(rows.get(i));
            for (int j = 0; j < columns.size(); j++) {
                between[i][j] += rows.get(i).hsic(columns.get(j));
            }
        });
        for (int j = 0; j < second.length; j++) {
            second[j] += columns.get(j).hsic(columns.get(j));
        }
        batches++;
    }

    /** Adds what another has summed over other batches of the same encoders. */
    public void merge(Cka other) {
        if (other.estimator != estimator || other.first.length != first.length || other.second.length != second.length) {
            throw new IllegalArgumentException("sums of other encoders or of another estimator cannot be merged");
        }
        for (int i = 0; i < first.length; i++) {
            first[i] += other.first[i];
            for (int j = 0; j < second.length; j++) {
                between[i][j] += other.between[i][j];
            }
        }
        for (int j = 0; j < second.length; j++) {
            second[j] += other.second[j];
        }
        batches += other.batches;
    }

    /** Batches summed. */
    public int batches() {
        return batches;
    }

    /** CKA of layer i of the first encoder and layer j of the second; NaN if either told no two images apart. */
    public double value(int i, int j) {
        double scale = Math.sqrt(first[i]) * Math.sqrt(second[j]);
        return scale > 0 ? between[i][j] / scale : Double.NaN;
    }

    /** Writes the sums, so that {@link #read} goes on to the same bits. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(first.length);
        out.writeInt(second.length);
        out.writeInt(batches);
        for (int i = 0; i < first.length; i++) {
            out.writeDouble(first[i]);
            for (int j = 0; j < second.length; j++) {
                out.writeDouble(between[i][j]);
            }
        }
        for (double sum : second) {
            out.writeDouble(sum);
        }
    }

    /** Replaces the sums by what {@link #write} wrote. */
    public void read(DataInputStream in) throws IOException {
        int rows = in.readInt();
        int columns = in.readInt();
        if (rows != first.length || columns != second.length) {
            throw new IOException("the sums are of %d and %d layers, wanted are %d and %d"
                    .formatted(rows, columns, first.length, second.length));
        }
        batches = in.readInt();
        for (int i = 0; i < rows; i++) {
            first[i] = in.readDouble();
            for (int j = 0; j < columns; j++) {
                between[i][j] = in.readDouble();
            }
        }
        for (int j = 0; j < columns; j++) {
            second[j] = in.readDouble();
        }
    }

    private List<CenteredGram> centered(String encoder, List<float[]> grams, int layers, int images) {
        if (grams.size() != layers) {
            throw new IllegalArgumentException("%d layers of the %s encoder, wanted are %d".formatted(grams.size(), encoder, layers));
        }
        for (int layer = 0; layer < layers; layer++) {
            for (float product : grams.get(layer)) {
                if (!Float.isFinite(product)) {
                    throw new ArithmeticException("%s encoder, layer %d: an inner product is %s".formatted(encoder, layer, product));
                }
            }
        }
        return grams.stream().map(gram -> CenteredGram.of(gram, images, estimator)).toList();
    }
}
