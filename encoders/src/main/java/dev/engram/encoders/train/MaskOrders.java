package dev.engram.encoders.train;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.random.StatelessRandom;

/**
 * Random orders of the positions of images, from which masks are cut: the first so many positions stay visible. The order of an
 * image is a function of (seed, epoch, image id, group, view) alone.
 */
final class MaskOrders {
    private static final int MOST_VIEWS = 1 << 10;

    private final StatelessRandom random;

    MaskOrders(long seed) {
        this.random = StatelessRandom.of(seed, "mask");
    }

    /**
     * One order for each view of each image.
     *
     * @param views of each image in this group
     * @param tokens positions of an image
     * @return INT64 {@code [views·N, tokens]}, view-major
     */
    Tensor draw(Scope scope, int epoch, int[] ids, int group, int views, int tokens) {
        long[] orders = new long[views * ids.length * tokens];
        for (int view = 0; view < views; view++) {
            for (int i = 0; i < ids.length; i++) {
                int[] order = random.at(epoch, ids[i], group * MOST_VIEWS + view).permutation(tokens);
                int from = (view * ids.length + i) * tokens;
                for (int j = 0; j < tokens; j++) {
                    orders[from + j] = order[j];
                }
            }
        }
        return scope.longs(orders, (long) views * ids.length, tokens);
    }
}
