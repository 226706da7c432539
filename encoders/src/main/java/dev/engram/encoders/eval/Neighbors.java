package dev.engram.encoders.eval;

/**
 * The k nearest database rows of each query, nearest first; of equal distances the smaller row comes first.
 *
 * @param rows [queries][k]
 * @param distances squared L2 distances, same shape
 */
public record Neighbors(int[][] rows, double[][] distances) {

    /** How many queries were searched for. */
    public int queries() {
        return rows.length;
    }

    /** The labels of a query's neighbours, nearest first. */
    public int[] labels(int query, int[] databaseLabels) {
        int[] labels = new int[rows[query].length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = databaseLabels[rows[query][i]];
        }
        return labels;
    }
}
