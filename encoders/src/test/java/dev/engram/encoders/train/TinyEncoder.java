package dev.engram.encoders.train;

import dev.engram.encoders.network.Conv2d;
import dev.engram.encoders.network.Graph;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Node;
import java.util.List;

/** One convolution with everything that training has to keep: 3×8×8 images to 4 values, in microseconds. */
record TinyEncoder() implements Network {
    @Override
    public String name() {
        return "tiny";
    }

    @Override
    public List<Long> input() {
        return List.of(3L, 8L, 8L);
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = graph.conv2d("conv", x, Conv2d.of(4, 3).withBias());
        y = graph.relu("relu", graph.batchNorm("bn", y));
        return graph.flatten(graph.averagePool("pool", y));
    }
}
