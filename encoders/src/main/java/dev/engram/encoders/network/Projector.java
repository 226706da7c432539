package dev.engram.encoders.network;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The head that self-supervised training puts on an encoder and takes away afterwards: for every hidden width a
 * {@code Linear} with bias, batch normalization and ReLU; then a {@code Linear} without bias. Numbered like PyTorch's
 * {@code Sequential}: {@code 0} Linear, {@code 1} batch normalization, {@code 2} ReLU, {@code 3} Linear …
 *
 * @param widths hidden widths, then the width of the embedding; at least one
 */
public record Projector(List<Integer> widths) {
    private static final int LAYERS_PER_HIDDEN_WIDTH = 3;

    public Projector {
        widths = List.copyOf(widths);
        if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("A projector needs at least one width, each at least 1; given are " + widths);
        }
    }

    /** A projector of these widths, the last being the embedding's. */
    public static Projector of(Integer... widths) {
        return new Projector(List.of(widths));
    }

    /** The widths, joined: {@code 512-128}. */
    public String name() {
        return widths.stream().map(Object::toString).collect(Collectors.joining("-"));
    }

    Node forward(Graph graph, Node x) {
        Node y = x;
        int layer = 0;
        for (int width : widths.subList(0, widths.size() - 1)) {
            y = graph.linear("" + layer, y, width, true);
            y = graph.batchNorm("" + (layer + 1), y);
            y = graph.relu("" + (layer + 2), y);
            layer += LAYERS_PER_HIDDEN_WIDTH;
        }
        return graph.linear("" + layer, y, widths.getLast(), false);
    }
}
