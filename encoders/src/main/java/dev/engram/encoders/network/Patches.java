package dev.engram.encoders.network;

import java.util.List;

/**
 * Images as patches, {@code [C, H, W]} to {@code [T, patch²·C]}: patches row by row, in a patch row, column, channel; what masked
 * autoencoders predict (arXiv 2111.06377, {@code patchify} of the authors' code).
 *
 * @param side of a patch in pixels
 */
public record Patches(int side) {
    /** Cuts images. */
    public Node of(Graph graph, Node images) {
        List<Long> shape = images.shape();
        long rows = shape.get(1) / side;
        long columns = shape.get(2) / side;
        if (rows * side != shape.get(1) || columns * side != shape.get(2)) {
            throw new IllegalArgumentException("Patches of %d pixels do not tile %s".formatted(side, shape));
        }
        return graph.value(
                List.of(rows * columns, shape.get(0) * side * side),
                "torch.flatten(torch.flatten(torch.permute(torch.reshape(%s, [-1, %d, %d, %5$d, %4$d, %5$d]),"
                        + " [0, 2, 4, 3, 5, 1]), 3, 5), 1, 2)",
                images.variable(), shape.get(0), rows, columns, side);
    }

    /** Puts patches together again. */
    public Node joined(Graph graph, Node patches, long channels, long rows, long columns) {
        return graph.value(
                List.of(channels, rows * side, columns * side),
                "torch.reshape(torch.permute(torch.reshape(%s, [-1, %d, %d, %4$d, %4$d, %5$d]), [0, 5, 1, 3, 2, 4]),"
                        + " [-1, %5$d, %6$d, %7$d])",
                patches.variable(), rows, columns, side, channels, rows * side, columns * side);
    }
}
