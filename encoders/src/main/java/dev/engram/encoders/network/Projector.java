package dev.engram.encoders.network;

import java.util.List;

/**
 * The head that self-supervised training puts on an encoder, or as a predictor on a projector: a multilayer perceptron,
 * numbered like PyTorch's {@code Sequential}: {@code 0} Linear, {@code 1} batch normalization, {@code 2} ReLU, {@code 3} Linear …
 *
 * @param widths hidden widths, then the width of the embedding; at least one
 * @param style what its layers are made up of
 */
public record Projector(List<Integer> widths, ProjectorStyle style) implements Head {
    public Projector {
        widths = List.copyOf(widths);
        if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("A projector needs at least one width, each at least 1; given are " + widths);
        }
    }

    /** A projector as VICReg's: hidden layers with bias, batch normalization and ReLU, then a {@code Linear} without bias. */
    public Projector(List<Integer> widths) {
        this(widths, ProjectorStyle.VICREG);
    }

    /** A projector as VICReg's of these widths, the last being the embedding's. */
    public static Projector of(Integer... widths) {
        return new Projector(List.of(widths));
    }

    /** A projector of these widths, the last being the embedding's. */
    public static Projector of(ProjectorStyle style, Integer... widths) {
        return new Projector(List.of(widths), style);
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = x;
        int index = 0;
        for (int i = 0; i < widths.size(); i++) {
            boolean isLast = i == widths.size() - 1;
            for (Layer layer : isLast ? style.last(widths.get(i)) : style.hidden(widths.get(i))) {
                y = graph.apply(Integer.toString(index++), layer, y);
            }
        }
        return y;
    }
}
