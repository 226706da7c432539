package dev.engram.encoders.eval;

import dev.engram.encoders.engine.TorchEngine;
import java.util.Arrays;
import java.util.Random;

/** A program of its own, so that its memory can be small: finds the nearest of rows that are many times its heap. */
final class ManyFeatures {
    private static final int DIMENSION = 2048;
    private static final int TILE = 128;
    private static final int PLANTED = 3;

    private ManyFeatures() {}

    /** @param arguments how many rows; prints the nearest rows of a query near to three of them */
    public static void main(String[] arguments) {
        TorchEngine.start(1);
        int rows = Integer.parseInt(arguments[0]);
        FeatureMatrix database = FeatureMatrix.zeros(rows, DIMENSION);
        Random draws = new Random(1);
        float[] row = new float[DIMENSION];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < DIMENSION; j++) {
                row[j] = draws.nextFloat();
            }
            database.put(i, row);
        }
        float[] query = new float[DIMENSION];
        Arrays.fill(query, 2);
        for (int i = 0; i < PLANTED; i++) {
            Arrays.fill(row, 2 - (i + 1) * 0.1f);
            database.put(rows / PLANTED * i, row);
        }
        try (ExactKnn search = new ExactKnn(database, 1, TILE, 0)) {
            System.out.println("nearest " + Arrays.toString(search.search(FeatureMatrix.of(new float[][] {query}), PLANTED).rows()[0]));
        }
    }
}
