package dev.engram.encoders.method;

import dev.engram.encoders.method.MethodSetting.ViewGroupSize;
import dev.engram.encoders.network.Head;
import dev.engram.encoders.network.Heads;
import dev.engram.encoders.network.MaeDecoder;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Prototypes;
import dev.engram.encoders.network.VisionTransformer;
import dev.engram.encoders.objective.Mae;
import dev.engram.encoders.objective.Msn;
import java.util.List;
import java.util.Optional;

/** Methods that hide patches of a vision transformer: MAE, MSN, PMSN. */
final class MaskedFamilies {
    private MaskedFamilies() {}

    static MethodFamily mae() {
        return new MethodFamily("mae", "MAE", "He et al. 2022, https://arxiv.org/abs/2111.06377",
                "The pixels of hidden patches are predicted from the patches that are seen.",
                List.of(
                        MethodOption.share("mask_ratio", 0.75, "Share of the patches that are hidden."),
                        MethodOption.flag("norm_pixels", true, "Whether each patch is standardized before it is compared."),
                        MethodOption.integer("decoder_width", 512, 4, 8192, "Width of the decoder's tokens, divisible by 4 and its heads."),
                        MethodOption.integer("decoder_depth", 8, 1, 64, "Blocks of the decoder."),
                        MethodOption.integer("decoder_heads", 16, 1, 128, "Attention heads of the decoder.")),
                List.of(), false, Optional.empty(), WantedViews.ONE, false, true, true, Optional.empty(), List.of(),
                (options, setting) -> {
                    VisionTransformer encoder = MethodParts.transformer("mae", setting);
                    MaeDecoder decoder = MaeDecoder.of(
                            encoder, options.integer("decoder_width"), options.integer("decoder_depth"),
                            options.integer("decoder_heads"));
                    return new MaskedAutoencoding(
                            encoder, decoder, options.number("mask_ratio"), new Mae(options.flag("norm_pixels")));
                });
    }

    static MethodFamily msn() {
        return masked("msn", "MSN", "Assran et al. 2022, https://arxiv.org/abs/2204.07141",
                "A masked view is assigned to the prototypes that the teacher assigns the whole view to; all prototypes are used alike.",
                MethodOption.flag("sinkhorn", true, "Whether the teacher's assignments are balanced over the batch (released configuration)."));
    }

    static MethodFamily pmsn() {
        return masked("pmsn", "PMSN", "Assran et al. 2023, https://arxiv.org/abs/2210.07277",
                "MSN whose prototypes are used by a power law instead of all alike.",
                MethodOption.notNegative("prior_exponent", 0.25, "τ of the power law π_k ∝ k^−τ; 0 is MSN without Sinkhorn."));
    }

    private static MethodFamily masked(String name, String title, String source, String meaning, MethodOption own) {
        return new MethodFamily(name, title, source, meaning,
                List.of(
                        MethodOption.positive("temperature", 0.1, "τ of the student's softmax."),
                        MethodOption.positive("sharpening", 0.25, "T; the teacher's softmax has the temperature τ·T."),
                        MethodOption.notNegative("prior_weight", 1, "λ, weight of the divergence of the mean assignment from the prior."),
                        MethodOption.notNegative("entropy_weight", 0, "Weight of the mean entropy of assignments."),
                        MethodOption.integer("prototypes", 1024, 2, 1_000_000, "K."),
                        MethodOption.belowOne("patch_drop", 0.15, "Share of the patches that the student's large views lose; 0.15 in the authors' configuration for ViT-Small/16."),
                        MethodOption.flag("head_norm", true, "Whether the projection head has batch normalization (use_bn of the authors' configurations)."),
                        own),
                List.of(2048, 256), true, Optional.empty(), WantedViews.ANCHORS, false, true, false,
                Optional.of(new TeacherMomentum(0.996, 1, true)), List.of(MaskedSiamese.prototypes()),
                (options, setting) -> masked(name, options, setting));
    }

    private static TrainingMethod masked(String name, MethodOptions options, MethodSetting setting) {
        VisionTransformer encoder = MethodParts.transformer(name, setting);
        Head head = Heads.msn(setting.projector(), options.flag("head_norm"));
        ViewGroupSize focal = setting.views().size() > 1 ? setting.views().get(1) : new ViewGroupSize(0, 0);
        boolean power = name.equals("pmsn");
        return new MaskedSiamese(
                name, new ProjectedEncoder(encoder, head), new Prototypes(options.integer("prototypes")),
                setting.views().getFirst().count(), focal.count(), focal.side(), options.number("patch_drop"),
                new Msn(options.number("temperature"), options.number("sharpening"), options.number("prior_weight"),
                        options.number("entropy_weight"), power ? options.number("prior_exponent") : 0,
                        !power && options.flag("sinkhorn")));
    }
}
