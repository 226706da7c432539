package dev.engram.attack.run;

import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.data.Box;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitMaker;
import dev.engram.encoders.data.SplitSizes;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.runs.ResolvedPair;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.PeripheryCrop;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** A small data set of noise with a split, as files a run can read. Labels have nothing to do with the pixels. */
final class AttackFixture {
    static final ResolvedPair PAIR =
            new ResolvedPair("pairs/p", "encoders/p-f", "encoders/p-g", "splits/s", "datasets/d");
    static final int CLASSES = 5;

    final ImageSet images;
    final Split split;

    private AttackFixture(ImageSet images, Split split) {
        this.images = images;
        this.split = split;
    }

    /** 60 candidates, 60 independents and so many public images below {@code root}; a box in the upper half of each. */
    static AttackFixture in(Path root, int publicSet) throws IOException {
        return in(root, noise(true), publicSet);
    }

    static AttackFixture in(Path root, ImageSet images, int publicSet) throws IOException {
        return in(root, images, 60, publicSet);
    }

    static AttackFixture in(Path root, ImageSet images, int attacked, int publicSet) throws IOException {
        Split split = SplitMaker.draw(
                        images,
                        new SplitSizes(10, attacked, attacked, 10, publicSet),
                        4,
                        SplitMaker.DuplicatePolicy.REFUSE)
                .split();
        Path dataset = Files.createDirectories(ScratchRun.input(root, PAIR.dataset()));
        ImageSetFile.write(images, dataset.resolve(ImageSetFile.FILE_NAME));
        Path splitFolder = Files.createDirectories(ScratchRun.input(root, PAIR.split()));
        Files.write(splitFolder.resolve(Split.FILE_NAME), split.toJson());
        describe(root, PAIR.candidate(), 32);
        describe(root, PAIR.reference(), 32);
        return new AttackFixture(images, split);
    }

    /** Says what an encoder is; its weights are a test's own. */
    static void describe(Path root, String encoder, int side) throws IOException {
        Map<String, String> details = Map.of("channels", "3", "side", Integer.toString(side), "augmentation", "simclr-normal", "parameters", "1");
        CheckpointManifest manifest = CheckpointManifest.describe("resnet9", 0, Map.of(), details)
                .with(List.of(new CheckpointManifest.File("encoder.safetensors", 1, "0".repeat(64))));
        Path folder = Files.createDirectories(ScratchRun.input(root, encoder));
        Files.write(folder.resolve(CheckpointFolder.MANIFEST), manifest.toJson());
    }

    static ImageSet noise(boolean boxes) {
        return images(label -> boxes, 0, id -> 1);
    }

    /** A class of which no image has a box, others whose images all have one. */
    static ImageSet someWithoutBox() {
        return images(label -> label > 0, 0, id -> 1);
    }

    /** Images that are black outside their central 8 by 8 pixels. */
    static ImageSet blackCorners() {
        return images(label -> false, 12, id -> 1);
    }

    /** Images that an epoch visits once, twice and four times. */
    static ImageSet repeated() {
        return images(label -> true, 0, id -> 1 << id % 3);
    }

    private static ImageSet images(IntPredicate boxes, int margin, IntUnaryOperator repeatCount) {
        int count = 300;
        ImageSetBuilder builder = new ImageSetBuilder(
                "noise", new ImageShape(3, 32, 32), List.of("a", "b", "c", "d", "e"), count);
        StatelessRandom random = StatelessRandom.of(8, "noise");
        for (int i = 0; i < count; i++) {
            RandomStream draws = random.at(0, i, 0);
            byte[] image = new byte[3 * 32 * 32];
            for (int j = 0; j < image.length; j++) {
                int x = j % 32;
                int y = j / 32 % 32;
                boolean inside = Math.min(Math.min(x, 31 - x), Math.min(y, 31 - y)) >= margin;
                image[j] = inside ? (byte) draws.bits() : 0;
            }
            List<Box> objects = boxes.test(i % CLASSES) ? List.of(new Box(0, 0, 32, 16)) : List.of();
            builder.add(image, i % CLASSES, 1000 + i, objects, repeatCount.applyAsInt(1000 + i));
        }
        return builder.build();
    }

    static Crop corner(Crop.Corner corner, double fraction) {
        return Crop.newBuilder()
                .setCorner(CornerCrop.newBuilder().setCorner(corner).setFraction(fraction))
                .build();
    }

    static Crop periphery() {
        return Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance()).build();
    }

    static RunSpec spec(DejaVuSpec.Builder dejaVu) {
        return RunSpec.newBuilder().setDejaVu(dejaVu.setPair(PAIR.name())).build();
    }
}
