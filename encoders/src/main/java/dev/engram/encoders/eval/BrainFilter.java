package dev.engram.encoders.eval;

import java.util.Arrays;

/**
 * Chooses for one query, from products of rows rounded to bfloat16, the few database rows whose exact distance must be computed.
 *
 * <p>As {@link DistanceFilter}, with the score s = |x|² - 2·p, where p is the product of the rounded rows as the native library
 * returns it: summed in float32, then itself rounded to bfloat16. Against the true squared distance minus |q|², s errs by at most
 * <ul>
 *   <li>2·(|q|·r(x) + (|x| + r(x))·r(q)) for the rounding of the rows, r being the norm of what it took (Cauchy and Schwarz),
 *   <li>2⁻⁷·(1 + 2⁻⁷)·|p| for the rounding of the product,
 *   <li>2·C·(|x| + |q|)² for sums in float32 and for all that {@link DistanceFilter} bounds by C; doubled because the
 *       instructions for bfloat16 round every sum of two products once more,
 *   <li>and what numbers below float32's smallest normal lose, which those instructions take for 0.
 * </ul>
 * A score that is not finite rules nothing out.
 */
final class BrainFilter {
    private static final double SLACK = 1.001;
    private static final float PRODUCT_ERROR = 0x1p-7f * (1 + 0x1p-6f);

    private final NearestHeap uppers;
    private final double errorFactor;
    private final double underflow;
    private final double norm;
    private final double residual;
    private final double known;
    private double limit;
    private int[] candidates = new int[256];
    private double[] lowers = new double[256];
    private int count;

    /**
     * @param queries holds the query
     * @param worst squared distance a row must not exceed to matter; infinite if any may
     */
    BrainFilter(BrainRows queries, int query, int k, double worst) {
        this.uppers = new NearestHeap(k);
        this.errorFactor = 2 * DistanceFilter.errorFactor(queries.dimension(), 0);
        this.underflow = 4 * (queries.dimension() + 3) * (double) Float.MIN_NORMAL;
        this.norm = queries.norm(query);
        this.residual = queries.residual(query);
        this.known = worst - norm * norm * (1 - 0x1p-22);
        this.limit = known;
    }

    /**
     * Scans the products with a chunk of rows.
     *
     * @param products of this query, {@code count} values of bfloat16 from {@code offset} on
     * @param first row of the first product in {@code rows}
     * @param largestError at least {@link #error} of each of these rows: most are ruled out by it alone
     */
    void scan(float[] products, int offset, int count, BrainRows rows, int first, double largestError) {
        float farthest = above(limit + largestError);
        for (int i = 0; i < count; i++) {
            float product = products[offset + i];
            float least = rows.square(first + i) - 2 * product - PRODUCT_ERROR * Math.abs(product);
            if (least > farthest && least <= Float.MAX_VALUE) {
                continue;
            }
            consider(product, rows, first + i);
            farthest = above(limit + largestError);
        }
    }

    private void consider(float product, BrainRows rows, int row) {
        double score = rows.square(row) - 2 * (double) product;
        double error = error(rows.norm(row), rows.residual(row)) + PRODUCT_ERROR * Math.abs((double) product);
        boolean finite = Double.isFinite(score) && Double.isFinite(error);
        double lower = finite ? score - error : Double.NEGATIVE_INFINITY;
        if (lower > limit) {
            return;
        }
        if (count == candidates.length) {
            makeRoom();
        }
        candidates[count] = row;
        lowers[count++] = lower;
        if (finite && score + error < uppers.worst()) {
            uppers.offer(score + error, row);
            limit = Math.min(known, uppers.worst());
        }
    }

    /** Bound of the error of s for a row of this norm and residual, beside the rounding of the product. */
    double error(double rowNorm, double rowResidual) {
        double reach = rowNorm + norm;
        double rounding = norm * rowResidual + (rowNorm + rowResidual) * residual;
        return errorFactor * reach * reach + SLACK * 2 * rounding + underflow * (1 + reach);
    }

    /** Rows that cannot be ruled out, ascending in the order of scanning; the first {@link #count} are valid. */
    int[] candidates() {
        keepWithinLimit();
        return candidates;
    }

    /** How many {@link #candidates} there are. */
    int count() {
        return count;
    }

    private void makeRoom() {
        keepWithinLimit();
        if (count > candidates.length / 2) {
            candidates = Arrays.copyOf(candidates, 2 * candidates.length);
            lowers = Arrays.copyOf(lowers, 2 * lowers.length);
        }
    }

    private void keepWithinLimit() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!(lowers[i] > limit)) {
                lowers[kept] = lowers[i];
                candidates[kept++] = candidates[i];
            }
        }
        count = kept;
    }

    private static float above(double bound) {
        return Math.nextUp((float) bound);
    }
}
