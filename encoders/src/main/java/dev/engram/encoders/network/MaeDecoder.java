package dev.engram.encoders.network;

import dev.engram.encoders.engine.ElementType;
import java.util.List;

/**
 * The decoder of masked autoencoders: encoded tokens are mapped to another width, missing patches become one learned token, fixed
 * sine-cosine positions are added, and a small transformer predicts the pixels of every patch. Names as in the authors' code:
 * {@code mask_token}, {@code decoder_pos_embed}, {@code decoder_embed}, {@code decoder_blocks.N}, {@code decoder_norm},
 * {@code decoder_pred}.
 *
 * <p>K. He et al., "Masked Autoencoders Are Scalable Vision Learners", CVPR 2022,
 * <a href="https://arxiv.org/abs/2111.06377">arXiv 2111.06377</a>.
 *
 * @param width of a token; 512 in the paper, divisible by 4
 * @param depth number of blocks; 8 in the paper
 * @param heads attention heads; 16 in the paper
 * @param gridSide patches in a row of an image
 * @param outputs pixels of a patch times channels
 * @param classToken whether the encoder has a class token
 */
public record MaeDecoder(int width, int depth, int heads, int gridSide, int outputs, boolean classToken) {
    private static final TransformerWeights WEIGHTS = TransformerWeights.XAVIER;

    /** The decoder that goes with an encoder. */
    public static MaeDecoder of(VisionTransformer encoder, int width, int depth, int heads) {
        int pixels = encoder.patch() * encoder.patch() * encoder.input().getFirst().intValue();
        return new MaeDecoder(width, depth, heads, encoder.gridSide(), pixels, encoder.hasClassToken());
    }

    /**
     * Writes the decoder.
     *
     * @param encoded {@code [1 + K, D]}: class token, if there is one, and the K patches that were kept, in the order in which they
     *     were kept
     * @param restore name in the program of an INT64 tensor {@code [N, T]}: where each patch of the image is among the kept ones
     *     followed by the missing ones
     * @return predictions {@code [T, outputs]}, in the order of {@link Patches}
     */
    public Node forward(Graph graph, Node encoded, String restore) {
        String maskToken = graph.parameter("mask_token", List.of(1L, 1L, (long) width),
                new Initializer.Normal(TransformerWeights.NORMAL_DEVIATION));
        int prefix = classToken ? 1 : 0;
        long patches = (long) gridSide * gridSide;
        List<Long> all = List.of(prefix + patches, (long) width);
        String positions = graph.buffer("decoder_pos_embed", ElementType.FLOAT32,
                List.of(1L, prefix + patches, (long) width), new SineCosine(gridSide, width, classToken));
        Node y = graph.apply("decoder_embed", WEIGHTS.linear(encoded.units(), width), encoded);
        long missing = prefix + patches - encoded.shape().getFirst();
        Node filled = graph.value(
                List.of(patches, (long) width),
                "torch.cat([torch.slice(%1$s, 1, %2$d, %3$d, 1), torch.expand(%4$s, [torch.size(%1$s, 0), %5$d, -1])], 1)",
                y.variable(), prefix, Long.MAX_VALUE, maskToken, missing);
        Node ordered = new PatchTokens(filled, java.util.Optional.empty()).kept(graph, restore, (int) patches).patches();
        y = graph.value(
                all,
                "torch.add(torch.cat([torch.slice(%s, 1, 0, %d, 1), %s], 1), %s)",
                y.variable(), prefix, ordered.variable(), positions);
        for (int i = 0; i < depth; i++) {
            y = graph.apply("decoder_blocks." + i, new TransformerBlock(heads, WEIGHTS), y);
        }
        y = graph.apply("decoder_norm", TransformerBlock.NORM, y);
        y = graph.apply("decoder_pred", WEIGHTS.linear(width, outputs), y);
        return graph.value(
                List.of(patches, (long) outputs), "torch.slice(%s, 1, %d, %d, 1)", y.variable(), prefix, Long.MAX_VALUE);
    }
}
