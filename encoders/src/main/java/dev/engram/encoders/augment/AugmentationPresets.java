package dev.engram.encoders.augment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The augmentations of the papers, by name. Where a paper's images are 224 pixels wide and its local crops 96, the presets say 96/224 of
 * the encoder's side. Blur kernels are a tenth of the side unless the paper fixes them.
 */
final class AugmentationPresets {
    private static final double LOCAL_SIDE = 96.0 / 224;
    /** Pillow solarizes bytes from 128 on. */
    private static final double BYTE_128 = 128.0 / 255;

    private static final JitterRange STRONG_JITTER = new JitterRange(0.8, 0.8, 0.8, 0.2, 0.8);
    private static final JitterRange MEDIUM_JITTER = new JitterRange(0.4, 0.4, 0.4, 0.1, 0.8);
    private static final JitterRange BYOL_JITTER = new JitterRange(0.4, 0.4, 0.2, 0.1, 0.8);

    private static final Map<String, AugmentationRecipe> ALL = collect();

    private AugmentationPresets() {}

    /** Every preset by its name, the default first. */
    static Map<String, AugmentationRecipe> all() {
        return ALL;
    }

    private static Map<String, AugmentationRecipe> collect() {
        Map<String, AugmentationRecipe> presets = new LinkedHashMap<>();
        localizing(presets);
        contrastive(presets);
        asymmetric(presets);
        multiCrop(presets);
        single(presets);
        return Collections.unmodifiableMap(presets);
    }

    /** Wang et al., "Localizing Memorization in SSL Vision Encoders", NeurIPS 2024, appendix B; and the demo's own. */
    private static void localizing(Map<String, AugmentationRecipe> presets) {
        String source = "Wang et al. 2024, arXiv:2409.19069, appendix B. Horizontal flips with probability 1/2, as its code has it: one"
                + " that always happens is none";
        ViewRecipe normal = flipped(CropRange.STANDARD).jitter(STRONG_JITTER).grayscale(0.2);
        pair(presets, "simclr-normal", source + ".", normal, Normalization.HALF);
        pair(presets, "simclr-weak", source + ".",
                normal.jitter(new JitterRange(0.9, 0.9, 0.9, 0.5, 0.4)).grayscale(0.1), Normalization.HALF);
        pair(presets, "simclr-strong", source + ".",
                normal.jitter(STRONG_JITTER.withProbability(0.9)).grayscale(0.5).flips(0.5, 1), Normalization.HALF);
        pair(presets, "independent", source + "; a blur kernel of 5, as one of 4 has no centre.",
                ViewRecipe.PLAIN.crop(CropRange.STANDARD).flips(0, 1).blur(new BlurRange(5, 0.1, 5, 0.8))
                        .solarize(new SolarizeRange(0, 0.2)),
                Normalization.HALF);
        pair(presets, "fashion-grey", "Engram, for grey pictures such as Fashion-MNIST, on which hue and saturation do nothing.",
                flipped(CropRange.of(0.3, 1)).jitter(new JitterRange(0.4, 0.4, 0, 0, 0.8)).blur(new BlurRange(3, 0.1, 1, 0.2)),
                Normalization.HALF);
    }

    private static void contrastive(Map<String, AugmentationRecipe> presets) {
        pair(presets, "simclr", "Chen et al. 2020, arXiv:2002.05709, appendix A: jitter strength 1; bicubic as in its code.",
                flipped(CropRange.STANDARD.bicubic()).jitter(STRONG_JITTER).grayscale(0.2).blur(blur(0.5)), Normalization.IMAGENET);
        pair(presets, "simclr-cifar", "Chen et al. 2020, arXiv:2002.05709, appendix B.9: jitter strength 1/2, no blur.",
                flipped(CropRange.STANDARD.bicubic()).jitter(MEDIUM_JITTER).grayscale(0.2), Normalization.CIFAR_10);
        ViewRecipe moco = flipped(CropRange.of(0.2, 1)).jitter(MEDIUM_JITTER).grayscale(0.2);
        pair(presets, "simsiam", "Chen and He 2021, arXiv:2011.10566, section 3 (that of MoCo v2, arXiv:2003.04297).",
                moco.blur(blur(0.5)), Normalization.IMAGENET);
        pair(presets, "simsiam-cifar", "Chen and He 2021, arXiv:2011.10566, appendix D: as simsiam, no blur.",
                moco, Normalization.CIFAR_10);
        pair(presets, "supcon", "Khosla et al. 2020, arXiv:2004.11362, and its code for CIFAR.", moco, Normalization.CIFAR_10);
        pair(presets, "gaussian-noise", "Noise alone, after Bordes et al. 2023, arXiv:2303.01986; the deviation is Engram's.",
                ViewRecipe.PLAIN.noise(new NoiseRange(0.2, 1)), Normalization.HALF);
    }

    /** Two views that are made differently. */
    private static void asymmetric(Map<String, AugmentationRecipe> presets) {
        ViewRecipe base = flipped(CropRange.STANDARD.bicubic()).jitter(BYOL_JITTER).grayscale(0.2);
        asymmetric(presets, "byol", "Grill et al. 2020, arXiv:2006.07733, table 6.",
                base.blur(blur(1)), base.blur(blur(0.1)).solarize(new SolarizeRange(0.5, 0.2)));
        ViewRecipe second = base.blur(blur(0.1)).solarize(new SolarizeRange(BYTE_128, 0.2));
        asymmetric(presets, "barlow-twins", "Zbontar et al. 2021, arXiv:2103.03230, appendix A (that of BYOL).", base.blur(blur(1)), second);
        asymmetric(presets, "vicreg", "Bardes et al. 2022, arXiv:2105.04906, and its code (that of BYOL).", base.blur(blur(1)), second);
        ViewRecipe bilinear = base.crop(CropRange.STANDARD);
        asymmetric(presets, "deja-vu", "Meehan et al. 2023, arXiv:2304.13850, as its code means it: blur in [0, 1] with a deviation for each"
                        + " image and a kernel of 9 (its own is 5 by 9, after normalization, one deviation a batch).",
                bilinear.blur(new BlurRange(9, 0.1, 2, 1)), bilinear.solarize(new SolarizeRange(BYTE_128, 0.2)));
    }

    private static void multiCrop(Map<String, AugmentationRecipe> presets) {
        ViewRecipe dino = flipped(CropRange.of(0.4, 1).bicubic()).jitter(BYOL_JITTER).grayscale(0.2);
        groups(presets, "dino", "Caron et al. 2021, arXiv:2104.14294, and its code: 2 global views, 8 local ones.",
                ViewGroup.of(2, dino.blur(blur(1)), dino.blur(blur(0.1)).solarize(new SolarizeRange(BYTE_128, 0.2))),
                local(8, dino.crop(CropRange.of(0.05, 0.4).bicubic()).blur(blur(0.5))));
        ViewRecipe msn = flipped(CropRange.of(0.3, 1)).jitter(MEDIUM_JITTER).grayscale(0.2).blur(blur(0.5));
        groups(presets, "msn", "Assran et al. 2022, arXiv:2204.07141: a target and an anchor, 10 focal views.",
                ViewGroup.of(2, msn), local(10, msn.crop(CropRange.of(0.05, 0.3))));
    }

    /** One view of each image. */
    private static void single(Map<String, AugmentationRecipe> presets) {
        one(presets, "mae", "He et al. 2022, arXiv:2111.06377, appendix A.1.",
                flipped(CropRange.of(0.2, 1).bicubic()), Normalization.IMAGENET);
        one(presets, "supervised", "Szegedy et al. 2015, arXiv:1409.4842, as torchvision's reference training has it.",
                flipped(CropRange.STANDARD), Normalization.IMAGENET);
        one(presets, "supervised-cifar", "He et al. 2016, arXiv:1512.03385, section 4.2: 4 pixels of padding, crop, flip.",
                flipped(CropRange.padded(4)), Normalization.CIFAR_10);
        one(presets, "plain", "The image itself, resized and normalized.", ViewRecipe.PLAIN, Normalization.HALF);
    }

    private static ViewRecipe flipped(CropRange crop) {
        return ViewRecipe.PLAIN.crop(crop).flips(0.5, 0);
    }

    private static BlurRange blur(double probability) {
        return new BlurRange(0, 0.1, 2, probability);
    }

    private static ViewGroup local(int views, ViewRecipe recipe) {
        return new ViewGroup(views, 0, LOCAL_SIDE, List.of(recipe));
    }

    private static void pair(
            Map<String, AugmentationRecipe> presets, String name, String source, ViewRecipe recipe, Normalization normalization) {
        presets.put(name, AugmentationRecipe.pair(name, source, recipe, normalization));
    }

    private static void asymmetric(
            Map<String, AugmentationRecipe> presets, String name, String source, ViewRecipe first, ViewRecipe second) {
        groups(presets, name, source, ViewGroup.of(2, first, second));
    }

    private static void one(
            Map<String, AugmentationRecipe> presets, String name, String source, ViewRecipe recipe, Normalization normalization) {
        presets.put(name, new AugmentationRecipe(name, source, List.of(ViewGroup.of(1, recipe)), normalization));
    }

    private static void groups(Map<String, AugmentationRecipe> presets, String name, String source, ViewGroup... groups) {
        presets.put(name, new AugmentationRecipe(name, source, List.of(groups), Normalization.IMAGENET));
    }
}
