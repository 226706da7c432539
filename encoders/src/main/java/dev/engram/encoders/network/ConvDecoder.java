package dev.engram.encoders.network;

import java.util.List;

/**
 * The decoder of {@link ConvAutoencoder}: a fully connected layer {@code fc} to a small map, ReLU, then 4×4 transposed
 * convolutions with stride 2 ({@code deconv1} …), all but the last with batch normalization and ReLU.
 *
 * @param channels of the images
 * @param width units of the encoder's first stage
 * @param depth number of stages
 * @param mapSide side of the smallest map
 */
record ConvDecoder(int channels, int width, int depth, int mapSide) implements Head {
    @Override
    public Node forward(Graph graph, Node x) {
        int units = width << (depth - 1);
        Node y = graph.relu("relu", graph.linear("fc", x, units * mapSide * mapSide, true));
        y = graph.value(
                List.of((long) units, (long) mapSide, (long) mapSide),
                "torch.reshape(%s, [-1, %d, %3$d, %3$d])", y.variable(), units, mapSide);
        for (int i = 1; i < depth; i++) {
            y = graph.apply("deconv" + i, new ConvTranspose2d(width << (depth - 1 - i), 4, 2, 1), y);
            y = graph.relu("relu" + i, graph.batchNorm("bn" + i, y));
        }
        return graph.apply("deconv" + depth, new ConvTranspose2d(channels, 4, 2, 1), y);
    }
}
