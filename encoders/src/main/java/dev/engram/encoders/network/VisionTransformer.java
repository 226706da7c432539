package dev.engram.encoders.network;

import dev.engram.encoders.engine.ElementType;
import java.util.List;
import java.util.Optional;

/**
 * Vision transformer with timm's names and semantics: patches by a convolution, class token, learned positions, pre-norm blocks
 * with exact GELU, layer normalization with ε 1e-6.
 *
 * <p>A. Dosovitskiy et al., "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale", ICLR 2021,
 * <a href="https://arxiv.org/abs/2010.11929">arXiv 2010.11929</a>; Tiny and Small as in H. Touvron et al., "Training
 * data-efficient image transformers", ICML 2021, <a href="https://arxiv.org/abs/2012.12877">arXiv 2012.12877</a>.
 *
 * <p>Masked methods call the parts one by one: {@link #patches}, {@link PatchTokens#kept}, {@link #encode}, {@link #pooled}.
 * Images of another size than {@link #input} are possible: the positions are then interpolated inside the pass, bicubically and
 * without antialiasing.
 */
public final class VisionTransformer extends FamilyNetwork {
    private static final String SOURCE = "Dosovitskiy et al. 2021, https://arxiv.org/abs/2010.11929";

    private final int patch;
    private final int width;
    private final int depth;
    private final int heads;
    private final int classes;
    private final boolean hasClassToken;
    private final boolean poolsToken;
    private final boolean learnsPositions;
    private final TransformerWeights weights;

    private VisionTransformer(String name, int channels, int side, NetworkOptions options) {
        super(name, channels, side, options);
        this.patch = options.integer("patch");
        this.width = options.integer("width");
        this.depth = options.integer("depth");
        this.heads = options.integer("heads");
        this.classes = options.integer("classes");
        this.hasClassToken = options.flag("class_token");
        this.poolsToken = options.text("pool").equals("token");
        this.learnsPositions = options.text("positions").equals("learned");
        this.weights = options.text("initialization").equals("timm") ? TransformerWeights.NORMAL : TransformerWeights.XAVIER;
        if (side % patch != 0) {
            throw new IllegalArgumentException(
                    "network_options.patch: patches of %d pixels do not tile images of %d".formatted(patch, side));
        }
        if (width % heads != 0) {
            throw new IllegalArgumentException(
                    "network_options.heads: %d heads do not divide a width of %d".formatted(heads, width));
        }
        if (!learnsPositions && width % SineCosine.PARTS != 0) {
            throw new IllegalArgumentException("network_options.width: sincos positions need a multiple of %d, not %d"
                    .formatted(SineCosine.PARTS, width));
        }
        if (poolsToken && !hasClassToken) {
            throw new IllegalArgumentException("network_options.pool: there is no class token, only avg is possible");
        }
    }

    static List<NetworkFamily> families() {
        return List.of(
                family("vit_tiny", "ViT-Tiny", 192, 3), family("vit_small", "ViT-Small", 384, 6),
                family("vit_base", "ViT-Base", 768, 12));
    }

    private static NetworkFamily family(String name, String title, int width, int heads) {
        return new NetworkFamily(name, title, SOURCE, List.of(
                NetworkOption.integer("patch", 4, 1, 256, "Side of a patch in pixels; divides the side of the images. 16 for 224 pixels."),
                NetworkOption.integer("width", width, 4, 8192, "Width of a token; divisible by the heads."),
                NetworkOption.integer("depth", 12, 1, 128, "Number of blocks."),
                NetworkOption.integer("heads", heads, 1, 128, "Attention heads of a block. No checkpoint tells it: declare it."),
                NetworkOption.flag("class_token", true, "Whether a class token comes before the patches."),
                NetworkOption.choice("pool",
                        "The representation: the class token after the last norm, or the mean of the patches, normalized (timm's fc_norm).",
                        "token", "avg"),
                NetworkOption.choice("positions", "Learned positions, or fixed sines and cosines as in MAE.", "learned", "sincos"),
                NetworkOption.choice("initialization",
                        "timm: normal with deviation 0.02. mae: Xavier-uniform, also for the patches (arXiv 2111.06377).", "timm", "mae"),
                NetworkOption.classes()), VisionTransformer::new);
    }

    /** Side of a patch in pixels. */
    public int patch() {
        return patch;
    }

    /** Width of a token. */
    public int width() {
        return width;
    }

    /** Patches in a row of an image of {@link #input}'s size. */
    public int gridSide() {
        return side() / patch;
    }

    /** Whether a class token comes before the patches. */
    public boolean hasClassToken() {
        return hasClassToken;
    }

    /** Number of blocks. */
    public int depth() {
        return depth;
    }

    @Override
    public Node forward(Graph graph, Node x) {
        return forward(graph, x, DropPath.NONE);
    }

    /** The same with blocks that lose branches. */
    public Node forward(Graph graph, Node x, DropPath drop) {
        return pooled(graph, encode(graph, patches(graph, x), drop));
    }

    /**
     * Patch embedding and positions.
     *
     * @param x images {@code [C, H, W]}, H and W divisible by the patch
     */
    public PatchTokens patches(Graph graph, Node x) {
        Optional<String> token = hasClassToken
                ? Optional.of(graph.parameter("cls_token", List.of(1L, 1L, (long) width), classTokenWeights()))
                : Optional.empty();
        String positions = positions(graph);
        Node map = graph.apply("patch_embed.proj", new PatchEmbedding(width, patch, weights), x);
        long rows = map.shape().get(1);
        long columns = map.shape().get(2);
        Node tokens = graph.value(
                List.of(rows * columns, (long) width), "torch.transpose(torch.flatten(%s, 2, -1), 1, 2)", map.variable());
        int first = hasClassToken ? 1 : 0;
        Node grid = graph.value(tokens.shape(), "torch.slice(%s, 1, %d, %d, 1)", positions, first, Long.MAX_VALUE);
        if (rows != gridSide() || columns != gridSide()) {
            grid = PositionGrid.resized(graph, grid, gridSide(), rows, columns);
        }
        Node placed = graph.value(tokens.shape(), "torch.add(%s, %s)", tokens.variable(), grid.variable());
        return new PatchTokens(placed, token.map(expression -> graph.value(
                List.of(1L, (long) width), "torch.add(%s, torch.slice(%s, 1, 0, 1, 1))", expression, positions).variable()));
    }

    /**
     * The blocks, and the last norm where the class token is pooled.
     *
     * @param tokens all patches or those that were kept
     * @return {@code [1 + K, D]}, the class token first if there is one
     */
    public Node encode(Graph graph, PatchTokens tokens) {
        return encode(graph, tokens, DropPath.NONE);
    }

    private Node encode(Graph graph, PatchTokens tokens, DropPath drop) {
        Node y = graph.tap("pos_drop", Tap.Kind.EMBEDDING, tokens.joined(graph));
        for (int i = 0; i < depth; i++) {
            y = graph.apply("blocks." + i, new TransformerBlock(heads, weights, drop.of(i, depth)), y);
        }
        return poolsToken ? graph.apply("norm", TransformerBlock.NORM, y) : y;
    }

    /**
     * The representation of encoded tokens {@code [D]}: class token or mean of the patches, as the options say; logits where there
     * is a classifier.
     */
    public Node pooled(Graph graph, Node tokens) {
        Node y = poolsToken ? firstToken(graph, tokens) : meanOfPatches(graph, tokens);
        return classes == 0 ? y : graph.apply("head", weights.linear(width, classes), y);
    }

    private Node firstToken(Graph graph, Node tokens) {
        return graph.value(List.of((long) width), "torch.select(%s, 1, 0)", tokens.variable());
    }

    private Node meanOfPatches(Graph graph, Node tokens) {
        Node mean = graph.value(
                List.of((long) width), "torch.mean(torch.slice(%s, 1, %d, %d, 1), [1], False)",
                tokens.variable(), hasClassToken ? 1 : 0, Long.MAX_VALUE);
        return graph.apply("fc_norm", TransformerBlock.NORM, mean);
    }

    private Initializer classTokenWeights() {
        return new Initializer.Normal(weights == TransformerWeights.NORMAL ? 1e-6 : TransformerWeights.NORMAL_DEVIATION);
    }

    private String positions(Graph graph) {
        long tokens = (long) gridSide() * gridSide() + (hasClassToken ? 1 : 0);
        List<Long> shape = List.of(1L, tokens, (long) width);
        return learnsPositions
                ? graph.parameter("pos_embed", shape, new Initializer.Normal(TransformerWeights.NORMAL_DEVIATION))
                : graph.buffer("pos_embed", ElementType.FLOAT32, shape, new SineCosine(gridSide(), width, hasClassToken));
    }
}
