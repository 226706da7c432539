package dev.engram.metrics.task;

import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasurePreset;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import java.util.stream.Stream;

/** The settings of the papers and of published code, by name. Where a paper leaves a value open, ours stands and is said to. */
public final class MeasurePresets {
    private static final String PAPER =
            "W. Wang, A. Dziedzic, M. Backes, F. Boenisch, Localizing Memorization in SSL Vision Encoders, NeurIPS 2024, arXiv:2409.19069";
    private static final String CODE = "Published code of that paper (layer_mem.py, UnitMem.py)";

    private static final List<MeasurePreset> LOCALIZATION = List.of(
            layers("table-1", "LayerMem of 100 images a subset, Tables 1 and 2, 10 and 18. The number of views is not given: 10.", layerMem(100)),
            layers("table-3", "LayerMem of 5,000 images, whose rankings agree or not: ask for its agreement (Tables 3 and 28).", layerMem(5000)),
            layers("table-19", "LayerMem of 5,000 images, the largest of Table 19; lower max_images to 100, 500 or 1,000 for the others.", layerMem(5000)),
            layers("table-26-l1", "LayerMem by the l1 distance (Table 26).", layerMem(100).setDistance(Distance.L1)),
            layers("table-26-cosine", "LayerMem by 1 - cos (Table 26).", layerMem(100).setDistance(Distance.COSINE)),
            layers("table-26-angular", "LayerMem by arccos(cos)/pi (Table 26).", layerMem(100).setDistance(Distance.ANGULAR)),
            layers("table-27", "LayerMem through the views of \"simclr-normal\", whatever the pair was trained with: so pairs trained by weaker and by stronger augmentations "
                    + "compare (Table 27). Whose views the paper measures by is not said.", layerMem(100).setAugmentation("simclr-normal")),
            MeasurePreset.newBuilder()
                    .setId("published-code")
                    .setDescription("LayerMem as the published code scores it, without its bugs: the image itself against each of 5 views, flattened and scaled to unit "
                            + "norm, l2, differences divided by their range, 500 images. Not taken over: patches shuffled anew for each view, views clamped after "
                            + "normalization, the arcsine of its angular distance.")
                    .setSource(CODE)
                    .setLayerMem(layerMem(500)
                            .setViews(5)
                            .setCompared(LayerMemSpec.Compared.ORIGINAL)
                            .setNormalization(LayerMemSpec.Normalization.RANGE))
                    .build(),
            MeasurePreset.newBuilder()
                    .setId("published-code-units")
                    .setDescription("UnitMem as the published code scores it, without its bugs: the median of the other images, 10 views, 300 images. Not taken over: "
                            + "normalization by each image's own batch, residual sums left out, views clamped after normalization.")
                    .setSource(CODE)
                    .setUnitMem(unitMem(300).setOthers(UnitMemSpec.Others.MEDIAN))
                    .build(),
            units("figure-3", "UnitMem by layer over 10,000 images and 10 views.", unitMem(10_000)),
            units("figure-5", "UnitMem without augmentation, over 10,000 images, to be set beside figure-3: an image's activation is that of the image as it is.",
                    unitMem(10_000).setViews(1).setAugmentation("plain")),
            units("figure-9-normal", "UnitMem over 10,000 images by the views of the paper's \"normal\" augmentation, whatever the pair was trained with.",
                    unitMem(10_000).setAugmentation("simclr-normal")),
            units("figure-9-weak", "The same by its \"weak\" augmentation.", unitMem(10_000).setAugmentation("simclr-weak")),
            units("figure-9-strong", "The same by its \"strong\" augmentation.", unitMem(10_000).setAugmentation("simclr-strong")),
            units("figure-9-independent", "The same by its \"independent\" augmentation: blur, inversion, vertical flips. Masking, which the figure has too, is no augmentation here.",
                    unitMem(10_000).setAugmentation("independent")),
            units("table-6", "UnitMem over 5,000 images, by which units are pruned.", unitMem(5000)),
            units("table-12", "UnitMem over 5,000 images, whose owners are set beside SSLMem: ask for the alignment. The number of images is not given.", unitMem(5000)),
            units("table-34", "UnitMem over 1,000 images.", unitMem(1000)),
            units("figure-7", "UnitMem over 300 images, beside ClassMem.", unitMem(300)),
            units("figure-8", "The same with the median of the other images, as in the paper's appendix and its published code.",
                    unitMem(300).setOthers(UnitMemSpec.Others.MEDIAN)),
            MeasurePreset.newBuilder()
                    .setId("figure-7-classes")
                    .setDescription("ClassMem and ClassSelectivity of images as they are (Eq. 9 to 16), 300 of each part.")
                    .setSource(PAPER)
                    .setClassMem(ClassMemSpec.newBuilder().setMaxImages(300))
                    .build());

    private static final List<MeasurePreset> ALL =
            Stream.of(LOCALIZATION, InvariancePresets.all(), ProbePresets.all()).flatMap(List::stream).toList();

    private MeasurePresets() {}

    /** All of them, by table and figure. */
    public static List<MeasurePreset> all() {
        return ALL;
    }

    private static LayerMemSpec.Builder layerMem(int images) {
        return LayerMemSpec.newBuilder()
                .setViews(MeasureRules.DEFAULT_VIEWS)
                .setDistance(Distance.L2)
                .setNormalization(LayerMemSpec.Normalization.RATIO)
                .setMaxImages(images);
    }

    private static UnitMemSpec.Builder unitMem(int images) {
        return UnitMemSpec.newBuilder()
                .setViews(MeasureRules.DEFAULT_VIEWS)
                .setOthers(UnitMemSpec.Others.MEAN)
                .setTokens(UnitMemSpec.Tokens.ALL)
                .setTopImages(MeasureRules.DEFAULT_TOP_IMAGES)
                .setMaxImages(images);
    }

    private static MeasurePreset layers(String id, String description, LayerMemSpec.Builder spec) {
        return MeasurePreset.newBuilder().setId(id).setDescription(description).setSource(PAPER).setLayerMem(spec).build();
    }

    private static MeasurePreset units(String id, String description, UnitMemSpec.Builder spec) {
        return MeasurePreset.newBuilder().setId(id).setDescription(description).setSource(PAPER).setUnitMem(spec).build();
    }
}
