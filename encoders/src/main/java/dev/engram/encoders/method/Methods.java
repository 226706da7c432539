package dev.engram.encoders.method;

import dev.engram.encoders.method.MethodSetting.ViewGroupSize;
import dev.engram.encoders.method.SelfDistillation.TeacherTemperature;
import dev.engram.encoders.network.Head;
import dev.engram.encoders.network.Heads;
import dev.engram.encoders.network.MaeDecoder;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ProjectorStyle;
import dev.engram.encoders.network.Prototypes;
import dev.engram.encoders.network.VisionTransformer;
import dev.engram.encoders.objective.BarlowTwins;
import dev.engram.encoders.objective.CrossEntropy;
import dev.engram.encoders.objective.Dino;
import dev.engram.encoders.objective.Mae;
import dev.engram.encoders.objective.Msn;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.objective.SupCon;
import dev.engram.encoders.objective.VicReg;
import java.util.List;
import java.util.Optional;

/** The methods that can train an encoder, by the names that specs and manifests write. Defaults are those of the papers. */
public final class Methods {
    private static final List<MethodFamily> FAMILIES = List.of(
            simClr(), vicReg(), barlowTwins(), byol(), simSiam(), dino(), mae(), msn(), pmsn(), supCon(), supervised());

    private Methods() {}

    /** Everything there is to choose from, the default first. */
    public static List<MethodFamily> families() {
        return FAMILIES;
    }

    /** The names of the methods. */
    public static List<String> names() {
        return FAMILIES.stream().map(MethodFamily::name).toList();
    }

    /**
     * The method of this name.
     *
     * @throws IllegalArgumentException naming the known methods
     */
    public static MethodFamily family(String name) {
        return FAMILIES.stream().filter(family -> family.name().equals(name)).findFirst().orElseThrow(() ->
                new IllegalArgumentException(
                        "objective: \"%s\" is unknown; there are %s".formatted(name, String.join(", ", names()))));
    }

    private static MethodFamily simClr() {
        return views("simclr", "SimCLR", "Chen et al. 2020, https://arxiv.org/abs/2002.05709",
                "Two views of an image attract each other, views of other images repel.",
                List.of(MethodOption.positive("temperature", 0.5, "τ; similarities are divided by it.")),
                List.of(256, 64),
                (options, setting) -> new JointEmbedding(
                        projected(setting, ProjectorStyle.VICREG), new SimClr(options.number("temperature"))));
    }

    private static MethodFamily vicReg() {
        return views("vicreg", "VICReg", "Bardes, Ponce, LeCun 2022, https://arxiv.org/abs/2105.04906",
                "Two views of an image agree; over the batch every coordinate varies and no two vary together.",
                List.of(
                        MethodOption.notNegative("invariance", 25, "λ, weight of the distance between both views."),
                        MethodOption.notNegative("variance", 25, "μ, weight of what standard deviations fall short of 1."),
                        MethodOption.notNegative("covariance", 1, "ν, weight of squared covariances.")),
                List.of(8192, 8192, 8192),
                (options, setting) -> new JointEmbedding(
                        projected(setting, ProjectorStyle.VICREG),
                        new VicReg(options.number("invariance"), options.number("variance"), options.number("covariance")),
                        false));
    }

    private static MethodFamily barlowTwins() {
        return views("barlow_twins", "Barlow Twins", "Zbontar et al. 2021, https://arxiv.org/abs/2103.03230",
                "The correlation matrix between the coordinates of two views approaches the identity.",
                List.of(MethodOption.notNegative("redundancy", 0.0051, "λ, weight of correlations off the diagonal.")),
                List.of(8192, 8192, 8192),
                (options, setting) -> new JointEmbedding(
                        projected(setting, ProjectorStyle.BARLOW), new BarlowTwins(options.number("redundancy")), false));
    }

    private static MethodFamily byol() {
        return new MethodFamily("byol", "BYOL", "Grill et al. 2020, https://arxiv.org/abs/2006.07733",
                "A predictor on one view regresses what a slowly following teacher makes of the other.",
                List.of(MethodOption.integer("predictor_hidden", 4096, 1, 65536, "Hidden width of the predictor.")),
                List.of(4096, 256), true, WantedViews.TWO, false, false, false,
                Optional.of(new TeacherMomentum(0.996, 1, false)), List.of(),
                (options, setting) -> new BootstrapLatent(
                        projected(setting, ProjectorStyle.BYOL),
                        predictor(options, setting, ProjectorStyle.BYOL)));
    }

    private static MethodFamily simSiam() {
        return views("simsiam", "SimSiam", "Chen, He 2021, https://arxiv.org/abs/2011.10566",
                "A predictor on one view regresses the other, which gets no gradient; no teacher, no negatives.",
                List.of(MethodOption.integer("predictor_hidden", 512, 1, 65536, "Hidden width of the predictor, a bottleneck.")),
                List.of(2048, 2048, 2048),
                (options, setting) -> new SimpleSiamese(
                        projected(setting, ProjectorStyle.SIMSIAM),
                        predictor(options, setting, ProjectorStyle.SIMSIAM_PREDICTOR)));
    }

    private static MethodFamily dino() {
        return new MethodFamily("dino", "DINO", "Caron et al. 2021, https://arxiv.org/abs/2104.14294",
                "The student's distribution of every view follows the teacher's, sharpened and centered, of another global view.",
                List.of(
                        MethodOption.positive("student_temperature", 0.1, "τ_s of the student's softmax."),
                        MethodOption.positive("teacher_temperature", 0.04, "τ_t of the teacher's softmax after its warm-up."),
                        MethodOption.positive("warmup_teacher_temperature", 0.04, "τ_t in the first epoch."),
                        MethodOption.integer("warmup_teacher_epochs", 0, 0, 100_000, "Epochs in which τ_t rises, linearly."),
                        MethodOption.belowOne("center_momentum", 0.9, "Momentum of the center of the teacher's logits."),
                        MethodOption.integer("freeze_last_layer", 1, 0, 100_000, "First epochs in which the last layer stays."),
                        MethodOption.flag("norm_last_layer", true, "Whether the last layer's rows keep the length 1."),
                        MethodOption.flag("head_norm", false, "Whether the head has batch normalization.")),
                List.of(2048, 2048, 256, 65536), true, WantedViews.MULTI_CROP, false, false, false,
                Optional.of(new TeacherMomentum(0.996, 1, false)), List.of(),
                Methods::dino);
    }

    private static TrainingMethod dino(MethodOptions options, MethodSetting setting) {
        Head head = Heads.dino(setting.projector(), options.flag("head_norm"), options.flag("norm_last_layer"));
        ViewGroupSize local = setting.views().size() > 1 ? setting.views().get(1) : new ViewGroupSize(0, 0);
        return new SelfDistillation(
                new ProjectedEncoder(setting.encoder(), head), local.count(), local.side(),
                new Dino(options.number("student_temperature"), options.number("center_momentum")),
                new TeacherTemperature(
                        options.number("warmup_teacher_temperature"), options.number("teacher_temperature"),
                        options.integer("warmup_teacher_epochs")),
                options.integer("freeze_last_layer"));
    }

    private static MethodFamily mae() {
        return new MethodFamily("mae", "MAE", "He et al. 2022, https://arxiv.org/abs/2111.06377",
                "The pixels of hidden patches are predicted from the patches that are seen.",
                List.of(
                        MethodOption.share("mask_ratio", 0.75, "Share of the patches that are hidden."),
                        MethodOption.flag("norm_pixels", true, "Whether each patch is standardized before it is compared."),
                        MethodOption.integer("decoder_width", 512, 4, 8192, "Width of the decoder's tokens, divisible by 4 and its heads."),
                        MethodOption.integer("decoder_depth", 8, 1, 64, "Blocks of the decoder."),
                        MethodOption.integer("decoder_heads", 16, 1, 128, "Attention heads of the decoder.")),
                List.of(), false, WantedViews.ONE, false, true, true, Optional.empty(), List.of(),
                (options, setting) -> {
                    VisionTransformer encoder = transformer("mae", setting);
                    MaeDecoder decoder = MaeDecoder.of(
                            encoder, options.integer("decoder_width"), options.integer("decoder_depth"),
                            options.integer("decoder_heads"));
                    return new MaskedAutoencoding(
                            encoder, decoder, options.number("mask_ratio"), new Mae(options.flag("norm_pixels")));
                });
    }

    private static MethodFamily msn() {
        return masked("msn", "MSN", "Assran et al. 2022, https://arxiv.org/abs/2204.07141",
                "A masked view is assigned to the prototypes that the teacher assigns the whole view to; all prototypes are used alike.",
                MethodOption.flag("sinkhorn", true, "Whether the teacher's assignments are balanced over the batch (released configuration)."));
    }

    private static MethodFamily pmsn() {
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
                        MethodOption.belowOne("patch_drop", 0.15, "Share of the patches that the student's large views lose."),
                        MethodOption.flag("head_norm", true, "Whether the projection head has batch normalization."),
                        own),
                List.of(2048, 256), true, WantedViews.ANCHORS, false, true, false,
                Optional.of(new TeacherMomentum(0.996, 1, true)), List.of(MaskedSiamese.prototypes()),
                (options, setting) -> masked(name, options, setting));
    }

    private static TrainingMethod masked(String name, MethodOptions options, MethodSetting setting) {
        VisionTransformer encoder = transformer(name, setting);
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

    private static MethodFamily supCon() {
        return new MethodFamily("supcon", "SupCon", "Khosla et al. 2020, https://arxiv.org/abs/2004.11362",
                "Views of all images of a class attract each other, those of other classes repel.",
                List.of(MethodOption.positive("temperature", 0.1, "τ; similarities are divided by it.")),
                List.of(2048, 128), true, WantedViews.TWO, true, false, false, Optional.empty(), List.of(),
                (options, setting) -> new SupervisedContrast(
                        projected(setting, ProjectorStyle.PLAIN), new SupCon(options.number("temperature"))));
    }

    private static MethodFamily supervised() {
        return new MethodFamily("supervised", "Supervised", "Szegedy et al. 2016 (label smoothing), https://arxiv.org/abs/1512.00567",
                "Cross entropy of a linear classifier with the label.",
                List.of(MethodOption.belowOne("label_smoothing", 0, "ε, spread evenly over all classes.")),
                List.of(), true, WantedViews.ANY, true, false, true, Optional.empty(), List.of(),
                (options, setting) -> new SupervisedTraining(
                        setting.projector().isEmpty()
                                ? new ProjectedEncoder(setting.encoder(), new NoHead())
                                : projected(setting, ProjectorStyle.VICREG),
                        setting.classes(), setting.views().getFirst().count(),
                        new CrossEntropy(options.number("label_smoothing"))));
    }

    /** A method of two views without labels and teacher. */
    private static MethodFamily views(
            String name, String title, String source, String meaning, List<MethodOption> options, List<Integer> projector,
            MethodFamily.Maker maker) {
        return new MethodFamily(
                name, title, source, meaning, options, projector, true, WantedViews.TWO, false, false, false,
                Optional.empty(), List.of(), maker);
    }

    private static ProjectedEncoder projected(MethodSetting setting, ProjectorStyle style) {
        return new ProjectedEncoder(setting.encoder(), new Projector(setting.projector(), style));
    }

    private static Projector predictor(MethodOptions options, MethodSetting setting, ProjectorStyle style) {
        return Projector.of(style, options.integer("predictor_hidden"), setting.projector().getLast());
    }

    private static VisionTransformer transformer(String method, MethodSetting setting) {
        if (setting.encoder() instanceof VisionTransformer transformer) {
            return transformer;
        }
        throw new IllegalArgumentException(
                "network: %s needs a vision transformer, not %s".formatted(method, setting.encoder().name()));
    }
}
