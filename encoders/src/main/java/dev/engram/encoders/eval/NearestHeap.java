package dev.engram.encoders.eval;

/**
 * The k nearest of all rows offered so far, by (distance, row): of equal distances the smaller row is nearer. A binary heap
 * with the farthest on top; not thread-safe.
 */
final class NearestHeap {
    private final double[] distances;
    private final int[] rows;
    private int size;

    NearestHeap(int k) {
        distances = new double[k];
        rows = new int[k];
    }

    /** The distance a row must not exceed to get in; infinite while there is room. */
    double worst() {
        return size < rows.length ? Double.POSITIVE_INFINITY : distances[0];
    }

    void offer(double distance, int row) {
        if (size < rows.length) {
            siftUp(size++, distance, row);
            return;
        }
        if (farther(distances[0], rows[0], distance, row)) {
            siftDown(size, distance, row);
        }
    }

    /** Writes the rows, nearest first, and empties the heap. */
    void drain(int[] rowsOut, double[] distancesOut) {
        for (int i = size - 1; i >= 0; i--) {
            rowsOut[i] = rows[0];
            distancesOut[i] = distances[0];
            siftDown(i, distances[i], rows[i]);
        }
        size = 0;
    }

    private void siftUp(int place, double distance, int row) {
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (!farther(distance, row, distances[parent], rows[parent])) {
                break;
            }
            distances[place] = distances[parent];
            rows[place] = rows[parent];
            place = parent;
        }
        distances[place] = distance;
        rows[place] = row;
    }

    private void siftDown(int end, double distance, int row) {
        int place = 0;
        for (int child = 1; child < end; child = 2 * place + 1) {
            if (child + 1 < end && farther(distances[child + 1], rows[child + 1], distances[child], rows[child])) {
                child++;
            }
            if (!farther(distances[child], rows[child], distance, row)) {
                break;
            }
            distances[place] = distances[child];
            rows[place] = rows[child];
            place = child;
        }
        distances[place] = distance;
        rows[place] = row;
    }

    private static boolean farther(double distance, int row, double otherDistance, int otherRow) {
        return distance > otherDistance || (distance == otherDistance && row > otherRow);
    }
}
