package dev.engram.encoders.eval;

import dev.engram.encoders.engine.TorchEngine;

/**
 * Chooses, from approximate distances with a proven error bound, the few database rows whose exact distance must be computed.
 *
 * <p>For a query q and a row x, both shifted by the same mean and rounded to float32, one matrix product gives
 * s ≈ |x|² - 2·q·x in float32. Against the true squared distance minus |q|² it errs by at most C·(|x| + |q|)² with
 * C = γ(d+3) + 4u, γ(n) = n·u / (1 - n·u), u = 2⁻²⁴: γ is the classic bound of a dot product in any order of summation, with or without
 * fused multiply-add (N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2002, §3.1), 4u covers the rounding of
 * the shift. Products that underflow add at most (d+3)·2⁻¹²⁵; a score that overflowed rules nothing out. So a row whose s minus its bound exceeds the k-th smallest s plus bound cannot be among the k nearest.
 *
 * <p>Where the process cuts the operands of products short, each by at most a share r ({@link TorchEngine#operandRounding}), the product errs
 * by (2r + r²)·|q|·|x| more, which adds r + r²/2 to C; and what multiplies so sums without rounding to the nearest, which doubles u.
 *
 * <p>One per thread.
 */
final class DistanceFilter {
    private static final double UNIT_ROUNDOFF = 0x1p-24;
    /** The norms that enter the bound are themselves rounded. */
    private static final double SLACK = 1.001;

    private final double errorFactor;
    private final double underflow;
    private final NearestHeap uppers;
    private final double[] discarded;
    private final int[] discardedRows;
    private final int[] candidates;
    private final double[] lowers;
    private int count;
    private double limit;

    /** @param operandRounding r of the class comment */
    DistanceFilter(int dimension, int k, int tileRows, double operandRounding) {
        errorFactor = errorFactor(dimension, operandRounding);
        underflow = 2 * (dimension + 3) * (double) Float.MIN_NORMAL;
        int kept = Math.min(k, tileRows);
        uppers = new NearestHeap(kept);
        discarded = new double[kept];
        discardedRows = new int[kept];
        candidates = new int[tileRows];
        lowers = new double[tileRows];
    }

    /** C of the class comment. */
    static double errorFactor(int dimension, double operandRounding) {
        double unit = operandRounding > 0 ? 2 * UNIT_ROUNDOFF : UNIT_ROUNDOFF;
        double roundings = (dimension + 3) * unit;
        double grown = (1 + operandRounding) * (1 + operandRounding);
        return SLACK * (roundings / (1 - roundings) * grown + 4 * unit + operandRounding + operandRounding * operandRounding / 2);
    }

    /**
     * Scans one query's scores of a tile of rows.
     *
     * @param scores s of the class comment, [rows]
     * @param norms |x| of the shifted rows, [rows]
     * @param largestNorm the largest of them: most rows are ruled out by its bound alone, in one comparison
     * @param queryNorm |q| of the shifted query
     * @param worst squared distance a row must not exceed to matter; infinite if any may
     * @return the candidates, ascending: how many of {@link #candidate} are valid
     */
    int scan(float[] scores, double[] norms, double largestNorm, int rows, double queryNorm, double worst) {
        double known = worst - queryNorm * queryNorm * (1 - 4 * UNIT_ROUNDOFF);
        double largestError = error(largestNorm, queryNorm);
        double farthest = known + largestError;
        limit = known;
        count = 0;
        for (int i = 0; i < rows; i++) {
            float score = scores[i];
            if (score > farthest && score <= Float.MAX_VALUE) {
                continue;
            }
            double error = Float.isFinite(score) ? error(norms[i], queryNorm) : Double.POSITIVE_INFINITY;
            double lower = Double.isInfinite(error) ? Double.NEGATIVE_INFINITY : score - error;
            if (lower > limit) {
                continue;
            }
            candidates[count] = i;
            lowers[count++] = lower;
            double upper = Double.isInfinite(error) ? Double.POSITIVE_INFINITY : score + error;
            if (upper < uppers.worst()) {
                uppers.offer(upper, i);
                limit = Math.min(known, uppers.worst());
                farthest = limit + largestError;
            }
        }
        uppers.drain(discardedRows, discarded);
        return keepWithinLimit();
    }

    /** Row within the tile of the {@code i}-th candidate. */
    int candidate(int i) {
        return candidates[i];
    }

    private double error(double norm, double queryNorm) {
        double reach = norm + queryNorm;
        return errorFactor * reach * reach + underflow;
    }

    private int keepWithinLimit() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!(lowers[i] > limit)) {
                candidates[kept++] = candidates[i];
            }
        }
        return kept;
    }
}
