package dev.engram.encoders.method;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Graph;
import dev.engram.encoders.network.MaeDecoder;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.Patches;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.VisionTransformer;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.Mae;
import dev.engram.encoders.objective.Spread;
import java.util.List;

/**
 * MAE: the encoder sees a random part of an image's patches, a small decoder predicts the pixels of the others.
 *
 * <p>K. He et al., CVPR 2022, <a href="https://arxiv.org/abs/2111.06377">arXiv 2111.06377</a>, section 3.
 */
public final class MaskedAutoencoding implements TrainingMethod {
    private final VisionTransformer encoder;
    private final Part encoderPart;
    private final MaeDecoder decoder;
    private final Part decoderPart;
    private final int tokens;
    private final int kept;
    private final Mae objective;

    /**
     * @param encoder a vision transformer that pools its class token: only then its last norm is in use
     * @param maskRatio share of the patches that are hidden, in (0, 1); 0.75 in the paper. The number kept is rounded down, and is at
     *     least 1
     */
    public MaskedAutoencoding(VisionTransformer encoder, MaeDecoder decoder, double maskRatio, Mae objective) {
        if (!encoder.options().get("pool").equals("token")) {
            throw new IllegalArgumentException("network_options.pool: masked autoencoding needs token, not "
                    + encoder.options().get("pool"));
        }
        if (!(maskRatio > 0 && maskRatio < 1)) {
            throw new IllegalArgumentException("mask_ratio must be in (0, 1), is " + maskRatio);
        }
        this.encoder = encoder;
        this.encoderPart = Part.encoder(encoder);
        this.decoder = decoder;
        this.tokens = encoder.gridSide() * encoder.gridSide();
        this.kept = (int) (tokens * (1 - maskRatio));
        if (kept < 1) {
            throw new IllegalArgumentException("mask_ratio of %s leaves none of %d patches".formatted(maskRatio, tokens));
        }
        List<Long> seen = List.of(kept + (encoder.hasClassToken() ? 1L : 0L), (long) encoder.width());
        this.decoderPart = Part.head("decoder", seen, (graph, x) -> decoder.forward(graph, x, "restore"));
        this.objective = objective;
    }

    @Override
    public String name() {
        return "mae";
    }

    @Override
    public ProjectedEncoder model() {
        return new ProjectedEncoder(encoder, new NoHead());
    }

    @Override
    public BatchNeeds needs() {
        return new BatchNeeds(
                encoder.input().get(0).intValue(),
                List.of(new ViewNeeds(1, encoder.input().get(1).intValue(), tokens)),
                false);
    }

    @Override
    public List<Part> parts() {
        return List.of(encoderPart, decoderPart);
    }

    @Override
    public Loss loss(MethodProgram program) {
        ProgramText text = program.text();
        String keep = text.let("torch.slice(%s, 1, 0, %d, 1)", program.orders(0), kept);
        String restore = text.let("torch.argsort(%s, 1, False)", program.orders(0));
        Graph graph = program.student(encoderPart);
        Node images = program.views(0);
        Node seen = encoder.encode(graph, encoder.patches(graph, images).kept(graph, keep, kept));
        String predicted = decoder.forward(program.student(decoderPart), seen, restore).variable();
        String hidden = text.let("torch.to(torch.ge(%s, %d), %s)", restore, kept, predicted);
        String patches = new Patches(encoder.patch()).of(graph, images).variable();
        return objective.loss(text, predicted, patches, hidden)
                .with(Spread.NAME, Spread.of(text, text.let("torch.mean(%s, [1], False)", seen.variable())));
    }
}
