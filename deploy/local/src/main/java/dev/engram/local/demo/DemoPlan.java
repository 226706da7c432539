package dev.engram.local.demo;

import dev.engram.v1.BundledSource;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.PeripheryCrop;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.UnitMemSpec;

/**
 * What a demo asks for.
 *
 * @param id prefix of everything it makes; the same id again goes on with, or shows, what is already there
 * @param recipe name of the training recipe, as {@code TrainerService.ListRecipes} lists it; it brings the split's sizes
 */
public record DemoPlan(
        String id,
        String datasetId,
        RegisterDatasetSpec dataset,
        String recipe,
        ProbeSpec probe,
        LayerMemSpec layerMem,
        UnitMemSpec unitMem,
        DejaVuSpec dejaVu) {

    private static final int KNOWN_ANSWER_IMAGES = 6000;

    /**
     * @param quick a small share of the data, for minutes instead of a quarter of an hour
     * @param knownAnswer the composed data set, on which the reference attack must stay at chance
     * @param suffix appended to the id to make new runs instead of showing old ones; may be empty
     */
    public static DemoPlan of(boolean quick, boolean knownAnswer, String suffix) {
        String id = (knownAnswer ? "known-answer" : "demo") + (quick ? "-quick" : "") + suffix;
        String datasetId = knownAnswer ? "composed-" + KNOWN_ANSWER_IMAGES : "fashion-mnist-test";
        int views = quick ? 6 : 10;
        return new DemoPlan(
                id,
                datasetId,
                knownAnswer ? composed() : bundled(),
                quick ? "demo-quick" : "demo",
                ProbeSpec.newBuilder().setK(20).build(),
                LayerMemSpec.newBuilder().setViews(views).setMaxImages(quick ? 128 : 500).build(),
                UnitMemSpec.newBuilder().setViews(views).setMaxImages(quick ? 384 : 0).build(),
                knownAnswer ? beside() : corners());
    }

    private static RegisterDatasetSpec bundled() {
        return RegisterDatasetSpec.newBuilder()
                .setDisplayName("Fashion-MNIST, test images")
                .setBundled(BundledSource.newBuilder().setId("fashion-mnist-test"))
                .build();
    }

    private static RegisterDatasetSpec composed() {
        return RegisterDatasetSpec.newBuilder()
                .setDisplayName("Known answer: items on unrelated backgrounds")
                .setComposed(ComposedSource.newBuilder().setImages(KNOWN_ANSWER_IMAGES).setSeed(1))
                .build();
    }

    /** The items fill the picture: a corner shows a piece of one, or nothing. */
    private static DejaVuSpec corners() {
        return DejaVuSpec.newBuilder()
                .addCrops(corner(Crop.Corner.LOWER_LEFT, 0.5))
                .addCrops(corner(Crop.Corner.UPPER_RIGHT, 0.5))
                .addCrops(corner(Crop.Corner.LOWER_LEFT, 0.3))
                .build();
    }

    /** The data set has boxes, so the patch beside the item is known. */
    private static DejaVuSpec beside() {
        return DejaVuSpec.newBuilder().addCrops(Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance())).build();
    }

    private static Crop corner(Crop.Corner corner, double fraction) {
        return Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(corner).setFraction(fraction)).build();
    }
}
