package dev.engram.encoders.network;

/**
 * Stochastic depth: while training, a block's branches (attention, perceptron) are left out for some images and divided by the chance to
 * stay for the others, so that their mean is what it was. Drawn for each image and branch by itself; the share rises linearly over the
 * blocks, from 0 in the first.
 *
 * <p>G. Huang et al., "Deep Networks with Stochastic Depth", ECCV 2016, <a href="https://arxiv.org/abs/1603.09382">arXiv 1603.09382</a>;
 * per sample as in timm's {@code DropPath} and DINO's code.
 *
 * @param rate share of the images that lose a branch of the last block, in [0, 1)
 * @param chances name in the program of uniform numbers in [0, 1), FLOAT32 {@code [N, 2·depth]}: two for each block, attention first. A
 *     branch stays where its number is below the chance to stay
 */
public record DropPath(double rate, String chances) {
    /** Branches of a block. */
    public static final int BRANCHES = 2;

    /** Every branch stays. */
    public static final DropPath NONE = new DropPath(0, "");

    public DropPath {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("the share of dropped paths must be in [0, 1), is " + rate);
        }
    }

    /** How the branches of block {@code block} of {@code depth} fare. */
    Branches of(int block, int depth) {
        return new Branches(depth == 1 ? 0 : rate * block / (depth - 1), chances, BRANCHES * block);
    }

    /**
     * The branches of one block.
     *
     * @param dropped share of the images that lose one
     * @param first column of the first branch
     */
    record Branches(double dropped, String chances, int first) {
        static final Branches ALL = new Branches(0, "", 0);

        /** A branch {@code [T, D]}, zeros where it is dropped. */
        Node of(Graph graph, int branch, Node y) {
            if (dropped == 0) {
                return y;
            }
            double stays = 1 - dropped;
            String kept = graph.text().let("torch.to(torch.lt(torch.select(%s, 1, %d), %s), 6)", chances, first + branch, stays);
            return graph.value(y.shape(), "torch.mul(%s, torch.reshape(torch.div(%s, %s), [-1, 1, 1]))", y.variable(), kept, stays);
        }
    }
}
