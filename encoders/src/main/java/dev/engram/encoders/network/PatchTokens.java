package dev.engram.encoders.network;

import java.util.List;
import java.util.Optional;

/**
 * The patches of an image as tokens with their positions added, before the class token and the blocks; here masked methods
 * take patches away.
 *
 * @param patches {@code [T, D]}, row by row
 * @param classToken the class token with its position, an expression of shape {@code [1, 1, D]}
 */
public record PatchTokens(Node patches, Optional<String> classToken) {
    /**
     * Only some of the patches, in the order of the indices, others for each image.
     *
     * @param indices name in the program of an INT64 tensor {@code [N, K]} of values in [0, T)
     * @param count K
     */
    public PatchTokens kept(Graph graph, String indices, int count) {
        Node gathered = graph.value(
                List.of((long) count, (long) patches.units()),
                "torch.gather(%s, 1, torch.expand(torch.unsqueeze(%s, 2), [-1, -1, %d]))",
                patches.variable(), indices, patches.units());
        return new PatchTokens(gathered, classToken);
    }

    /**
     * Only some of the patches, in the order of the indices, the same for every image of the batch.
     *
     * @param indices name in the program of an INT64 tensor {@code [K]} of values in [0, T)
     * @param count K
     */
    public PatchTokens keptOfAll(Graph graph, String indices, int count) {
        Node selected = graph.value(
                List.of((long) count, (long) patches.units()),
                "torch.index_select(%s, 1, %s)", patches.variable(), indices);
        return new PatchTokens(selected, classToken);
    }

    /** The class token, if there is one, then the patches. */
    Node joined(Graph graph) {
        if (classToken.isEmpty()) {
            return patches;
        }
        long width = patches.units();
        return graph.value(
                List.of(patches.shape().getFirst() + 1, width),
                "torch.cat([torch.expand(%1$s, [torch.size(%2$s, 0), -1, -1]), %2$s], 1)",
                classToken.get(), patches.variable());
    }
}
