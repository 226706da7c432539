package dev.engram.trainer.probe;

import dev.engram.encoders.network.Graph;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.ProjectedEncoder;
import java.util.List;

/** An encoder whose projector is run too, only to be looked into: the output is the encoder's, the layers are those of both. */
record ProbedEncoder(ProjectedEncoder model) implements Network {
    @Override
    public String name() {
        return model.name();
    }

    @Override
    public List<Long> input() {
        return model.input();
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node output = model.encoder().forward(graph, x);
        model.projector().forward(graph.under(ProjectedEncoder.PROJECTOR), output);
        return output;
    }
}
