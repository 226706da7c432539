package dev.engram.trainer.recipe;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.v1.Augmentation;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Map;

/** The recipes of the papers, as published: for GPUs and their data sets. Each says where it differs from its source. */
final class PaperRecipes {
    private static final String LOCALIZING = "Wang et al., Localizing Memorization in SSL Vision Encoders, NeurIPS 2024,"
            + " arXiv:2409.19069, table 9 (data sets other than ImageNet); what the paper leaves open is from its code";
    private static final String DEJA_VU =
            "Meehan et al., Do SSL Models Have Déjà Vu?, NeurIPS 2023, arXiv:2304.13850, published configuration";
    private static final String CLOSER_LOOK =
            "Arpit et al., A Closer Look at Memorization in Deep Networks, ICML 2017, arXiv:1706.05394, section 2";

    private PaperRecipes() {}

    static List<NamedRecipe> all() {
        return List.of(
                localizingSimClr(), localizingMae(), localizingDino(), localizingSimSiam(), localizingSupervised(),
                dejaVuVicReg(), dejaVuSimClr(), dejaVuSupervised(),
                closerLookMlp(), closerLookCnn(),
                vicReg(), barlowTwins(), byol(), simSiam(), simSiamCifar(), dino(), mae(),
                msn("msn"), msn("pmsn"), supCon(), cookbook());
    }

    private static NamedRecipe localizingSimClr() {
        return named("localizing-simclr", LOCALIZING, "SimCLR on ResNet-9, with the projector of the paper's code: no biases, no batch normalization.",
                base("resnet9", "simclr", 600, 4096)
                        .setOptimizer("lars").setLearningRate(4.8).setWeightDecay(1e-6)
                        .setWarmupEpochs(60).setSchedule(cosine(0))
                        .addAllProjector(List.of(256, 64)).setProjectorStyle("plain")
                        .setAugmentation("simclr-normal"));
    }

    private static NamedRecipe localizingMae() {
        return named("localizing-mae", LOCALIZING, "MAE on ViT-Tiny with patches of 4 pixels; decoder of 4 blocks.",
                base("vit_tiny", "mae", 600, 2048)
                        .putNetworkOptions("patch", "4").putNetworkOptions("initialization", "mae")
                        .putAllObjectiveOptions(Map.of(
                                "decoder_width", 192.0, "decoder_depth", 4.0, "decoder_heads", 3.0, "norm_pixels", 0.0))
                        .setOptimizer("adamw").setLearningRate(1.2e-3).setWeightDecay(0.05)
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setBeta2(0.95))
                        .setWarmupEpochs(60).setSchedule(cosine(0))
                        .setAugmentationValues(normalizedByHalf("mae")));
    }

    private static NamedRecipe localizingDino() {
        return named("localizing-dino", LOCALIZING, "DINO on ViT-Tiny; head, temperatures and stochastic depth are DINO's defaults.",
                base("vit_tiny", "dino", 600, 1024)
                        .putObjectiveOptions("drop_path", 0.1)
                        .setOptimizer("adamw").setLearningRate(2e-3).setWeightDecay(0.04)
                        .setOptimizerOptions(
                                OptimizerOptions.newBuilder().setFinalWeightDecay(0.4).setClipNorm(3).setClipEach(true))
                        .setWarmupEpochs(60).setSchedule(cosine(0)));
    }

    private static NamedRecipe localizingSimSiam() {
        return named("localizing-simsiam", LOCALIZING,
                "SimSiam on ResNet-18; the weight decay is SimSiam's own, as the paper gives none.",
                base("resnet18", "simsiam", 200, 128)
                        .setOptimizer("sgd").setLearningRate(2.5e-2).setWeightDecay(5e-4)
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setDecayVectors(true))
                        .setWarmupEpochs(24).setSchedule(cosine(0))
                        .setAugmentation("simclr-normal"));
    }

    private static NamedRecipe localizingSupervised() {
        Augmentation.Builder weak = AugmentationMessages.message(AugmentationRecipe.named("simclr-weak")).toBuilder();
        weak.setName("localizing-supervised").setSource(LOCALIZING);
        weak.getGroupsBuilder(0).setViews(1).getRecipesBuilder(0).getJitterBuilder().setHue(0.1);
        return named("localizing-supervised", LOCALIZING, "Supervised control on ResNet-9, in one cycle.",
                base("resnet9", "supervised", 10, 32)
                        .setOptimizer("adam").setLearningRate(5e-3).setWeightDecay(1e-4)
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setDecayVectors(true))
                        .setSchedule(LearningRateSchedule.newBuilder().setName("one_cycle"))
                        .setAugmentationValues(weak));
    }

    private static NamedRecipe dejaVuVicReg() {
        return named("deja-vu-vicreg", DEJA_VU, "The target and reference models of the attack; at one resolution, not growing.",
                dejaVu("vicreg", 0.2)
                        .addAllProjector(List.of(8192, 8192, 8192)));
    }

    private static NamedRecipe dejaVuSimClr() {
        return named("deja-vu-simclr", DEJA_VU, "The SimCLR models of the attack; at one resolution, not growing.",
                dejaVu("simclr", 0.3)
                        .putObjectiveOptions("temperature", 0.15)
                        .addAllProjector(List.of(2048, 256)));
    }

    private static NamedRecipe dejaVuSupervised() {
        Augmentation.Builder first = AugmentationMessages.message(AugmentationRecipe.named("deja-vu")).toBuilder();
        first.setName("deja-vu-supervised");
        first.getGroupsBuilder(0).setViews(1).removeRecipes(1);
        return named("deja-vu-supervised", DEJA_VU, "The supervised control: a classifier on the projector.",
                dejaVu("supervised", 0.2)
                        .addAllProjector(List.of(8192, 8192, 8192))
                        .clearAugmentation()
                        .setAugmentationValues(first));
    }

    private static TrainingRecipe.Builder dejaVu(String objective, double baseRate) {
        return base("resnet101", objective, 1000, 1024)
                .putNetworkOptions("stem", "7x7")
                .setOptimizer("lars").setLearningRate(baseRate * 1024 / 256).setWeightDecay(1e-6)
                .setWarmupEpochs(10).setSchedule(cosine(0.001))
                .setAugmentation("deja-vu");
    }

    private static NamedRecipe closerLookMlp() {
        return named("closer-look-mlp", CLOSER_LOOK, "Two hidden layers of 4096 units; batch size and momentum are not in the paper.",
                base("mlp", "supervised", 1000, 128)
                        .setOptimizer("sgd").setLearningRate(0.01).setWeightDecay(0)
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setMomentum(0))
                        .setSchedule(LearningRateSchedule.newBuilder().setName("constant"))
                        .setAugmentation("plain"));
    }

    private static NamedRecipe closerLookCnn() {
        return named("closer-look-cnn", CLOSER_LOOK,
                "The convolutional network for CIFAR-10, its rate halved every 15 epochs; epochs and batch size are not in the paper.",
                base("convnet", "supervised", 150, 128)
                        .setOptimizer("sgd").setLearningRate(0.01).setWeightDecay(0)
                        .setSchedule(LearningRateSchedule.newBuilder().setName("step").setGamma(0.5).setStepSize(15))
                        .setAugmentation("plain"));
    }

    private static NamedRecipe vicReg() {
        return named("vicreg", "Bardes et al. 2022, arXiv:2105.04906, and its code", "VICReg on ResNet-50 for ImageNet.",
                imageNet("resnet50", "vicreg", 1000, 2048)
                        .setOptimizer("lars").setLearningRate(0.2 * 2048 / 256).setWeightDecay(1e-6)
                        .setWarmupEpochs(10).setSchedule(cosine(0.001))
                        .addAllProjector(List.of(8192, 8192, 8192)));
    }

    private static NamedRecipe barlowTwins() {
        return named("barlow-twins", "Zbontar et al. 2021, arXiv:2103.03230, and its code",
                "Barlow Twins on ResNet-50 for ImageNet; biases learn at 0.0048 where weights learn at 0.2.",
                imageNet("resnet50", "barlow_twins", 1000, 2048)
                        .setOptimizer("lars").setLearningRate(0.2 * 2048 / 256).setWeightDecay(1e-6)
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setVectorRate(0.0048 / 0.2))
                        .setWarmupEpochs(10).setSchedule(cosine(0.001))
                        .addAllProjector(List.of(8192, 8192, 8192)));
    }

    private static NamedRecipe byol() {
        return named("byol", "Grill et al. 2020, arXiv:2006.07733, appendix J", "BYOL on ResNet-50 for ImageNet.",
                imageNet("resnet50", "byol", 1000, 4096)
                        .setOptimizer("lars").setLearningRate(0.2 * 4096 / 256).setWeightDecay(1.5e-6)
                        .setWarmupEpochs(10).setSchedule(cosine(0)));
    }

    private static NamedRecipe simSiam() {
        return named("simsiam", "Chen and He 2021, arXiv:2011.10566, sections 3 and 4.1, and its code",
                "SimSiam on ResNet-50 for ImageNet; the predictor's rate is fixed.",
                imageNet("resnet50", "simsiam", 100, 512)
                        .setOptimizer("sgd").setLearningRate(0.05 * 512 / 256).setWeightDecay(1e-4)
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setDecayVectors(true).addFixedRate("heads.predictor."))
                        .setWarmupEpochs(0).setSchedule(cosine(0)));
    }

    private static NamedRecipe simSiamCifar() {
        return named("simsiam-cifar", "Chen and He 2021, arXiv:2011.10566, appendix D", "SimSiam on ResNet-18 for CIFAR-10.",
                base("resnet18", "simsiam", 800, 512)
                        .setOptimizer("sgd").setLearningRate(0.03 * 512 / 256).setWeightDecay(5e-4)
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setDecayVectors(true))
                        .setWarmupEpochs(0).setSchedule(cosine(0))
                        .addAllProjector(List.of(2048, 2048))
                        .setAugmentation("simsiam-cifar"));
    }

    private static NamedRecipe dino() {
        return named("dino", "Caron et al. 2021, arXiv:2104.14294, defaults of its code",
                "DINO on ViT-Small/16 for ImageNet.",
                base("vit_small", "dino", 100, 1024)
                        .putNetworkOptions("patch", "16")
                        .putObjectiveOptions("drop_path", 0.1)
                        .setOptimizer("adamw").setLearningRate(5e-4 * 1024 / 256).setWeightDecay(0.04)
                        .setOptimizerOptions(
                                OptimizerOptions.newBuilder().setFinalWeightDecay(0.4).setClipNorm(3).setClipEach(true))
                        .setWarmupEpochs(10).setSchedule(cosine(5e-4)));
    }

    private static NamedRecipe mae() {
        return named("mae", "He et al. 2022, arXiv:2111.06377, appendix A.1", "MAE on ViT-Base/16 for ImageNet.",
                base("vit_base", "mae", 800, 4096)
                        .putNetworkOptions("patch", "16")
                        .putNetworkOptions("positions", "sincos")
                        .putNetworkOptions("initialization", "mae")
                        .setOptimizer("adamw").setLearningRate(1.5e-4 * 4096 / 256).setWeightDecay(0.05)
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setBeta2(0.95))
                        .setWarmupEpochs(40).setSchedule(cosine(0)));
    }

    private static NamedRecipe msn(String objective) {
        String source = objective.equals("msn")
                ? "Assran et al. 2022, arXiv:2204.07141, its configuration for ViT-Small/16"
                : "Assran et al. 2023, arXiv:2210.07277, with MSN's configuration for ViT-Small/16";
        return named(objective, source,
                "For ImageNet. Each image has a mask of its own, where the code draws one for a batch; the clipped norm is that of all"
                        + " parameters, not of the encoder alone.",
                base("vit_small", objective, 800, 1024)
                        .putNetworkOptions("patch", "16")
                        .setOptimizer("adamw").setLearningRate(1e-3).setWeightDecay(0.04)
                        .setOptimizerOptions(OptimizerOptions.newBuilder()
                                .setFinalWeightDecay(0.4)
                                .setClipNorm(3))
                        .setWarmupEpochs(15).setSchedule(cosine(1e-3).setStartFraction(0.2).setStretch(1.25)));
    }

    private static NamedRecipe supCon() {
        return named("supcon", "Khosla et al. 2020, arXiv:2004.11362, and its code for CIFAR",
                "SupCon on ResNet-50 for CIFAR-10.",
                base("resnet50", "supcon", 1000, 1024)
                        .setOptimizer("sgd").setLearningRate(0.5).setWeightDecay(1e-4)
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setDecayVectors(true))
                        .setWarmupEpochs(10).setSchedule(cosine(0.001).setStartFraction(0.02)));
    }

    private static NamedRecipe cookbook() {
        return named("cookbook", "Balestriero et al., A Cookbook of Self-Supervised Learning, 2023, arXiv:2304.12210, section 3",
                "Its rules on a small scale: LARS at 0.25 for 256 images, ten epochs of warm-up, cosine, probes at every depth of the"
                        + " projector while training.",
                base("resnet18", "vicreg", 200, 256)
                        .setOptimizer("lars").setLearningRate(0.25).setWeightDecay(1e-6)
                        .setWarmupEpochs(10).setSchedule(cosine(0.001))
                        .addAllProjector(List.of(2048, 2048, 2048))
                        .setOnlineProbes(OnlineProbes.newBuilder()
                                .addAllLayers(List.of("output", "projector.2", "projector.5", "projector.6"))));
    }

    private static TrainingRecipe.Builder imageNet(String network, String objective, int epochs, int batch) {
        return base(network, objective, epochs, batch).putNetworkOptions("stem", "7x7");
    }

    private static TrainingRecipe.Builder base(String network, String objective, int epochs, int batch) {
        return TrainingRecipe.newBuilder()
                .setNetwork(network)
                .setObjective(objective)
                .setEpochs(epochs)
                .setBatchSize(batch);
    }

    private static LearningRateSchedule.Builder cosine(double finalFraction) {
        return LearningRateSchedule.newBuilder().setName("warmup_cosine").setFinalFraction(finalFraction);
    }

    private static Augmentation normalizedByHalf(String preset) {
        return AugmentationMessages.message(AugmentationRecipe.named(preset)).toBuilder()
                .setName(preset + "-half")
                .setNormalization(AugmentationMessages.message(AugmentationRecipe.named("plain")).getNormalization())
                .build();
    }

    private static NamedRecipe named(String id, String source, String description, TrainingRecipe.Builder recipe) {
        return NamedRecipe.newBuilder()
                .setId(id)
                .setSource(source)
                .setDescription(description)
                .setRecipe(RecipeDefaults.fill(recipe.build()))
                .build();
    }
}
