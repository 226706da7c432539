package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.v1.NearDuplicates;
import dev.engram.v1.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Near duplicates by the features of a trained encoder, against a loop over all pairs of images. */
class NearDuplicateSearchTest {
    /** A public image, the training image nearest to it, and their distance. */
    private record Near(int image, int training, double distance) {}

    @Test
    void byAnEncoderTheyAreThoseOfSmallCosineDistance(@TempDir Path folder) throws Exception {
        TorchEngine.start(1);
        FolderRun encoder = SmallPair.in(folder).f();
        ImageSet images = ImageSetFile.open(encoder.input("datasets/d").resolve(ImageSetFile.FILE_NAME));
        Split split = split(encoder.next("s", RunSpec.getDefaultInstance()).artifact("split"));
        List<Near> near = nearest(encoder, images, split);
        double distance = (near.get(4).distance() + near.get(5).distance()) / 2;

        FolderRun made = make(encoder, "five", distance);
        List<String[]> rows = Files.readAllLines(made.artifact("split").resolve(NearDuplicateSearch.FILE_NAME)).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
        assertEquals(5, rows.size());
        for (int i = 0; i < 5; i++) {
            assertEquals(images.id(near.get(i).image()), Integer.parseInt(rows.get(i)[0]));
            assertEquals(images.id(near.get(i).training()), Integer.parseInt(rows.get(i)[2]));
            assertEquals(near.get(i).distance(), Double.parseDouble(rows.get(i)[4]), 1e-6);
        }
        Set<Integer> left = Arrays.stream(split.indices(Part.PUBLIC)).boxed().collect(Collectors.toSet());
        near.subList(0, 5).forEach(pair -> left.remove(pair.image()));
        int[] filledUp = split(made.artifact("split")).indices(Part.PUBLIC);
        Set<Integer> kept = Arrays.stream(filledUp).boxed().collect(Collectors.toSet());
        assertTrue(kept.containsAll(left));
        near.subList(0, 5).forEach(pair -> assertFalse(kept.contains(pair.image())));
        assertArrayEquals(sorted(images.labels(split.indices(Part.PUBLIC))), sorted(images.labels(filledUp)), "as many of each class as before");
        assertFalse(made.log.stream().anyMatch(line -> line.startsWith("WARNING")), made.log.toString());

        FolderRun all = make(encoder, "all", 2);
        assertTrue(
                all.log.contains("WARNING 60 of 60 public images are within 2.0 of a training image: the distance is too wide to tell near duplicates"),
                all.log.toString());
    }

    private static FolderRun make(FolderRun encoder, String id, double distance) throws Exception {
        NearDuplicates near = NearDuplicates.newBuilder().setEncoder("encoders/p-f").setDistance(distance).setRemove(true).build();
        return encoder.next(id, RunSpec.newBuilder().setCreateSplit(SmallPair.split().toBuilder().setNearDuplicates(near)).build())
                .execute(new CreateSplitTask());
    }

    private static int[] sorted(int[] labels) {
        return Arrays.stream(labels).sorted().toArray();
    }

    private static Split split(Path artifact) throws Exception {
        return Split.fromJson(Files.readAllBytes(artifact.resolve(Split.FILE_NAME)));
    }

    private static List<Near> nearest(FolderRun run, ImageSet images, Split split) throws Exception {
        int[] all = IntStream.range(0, images.size()).toArray();
        List<Integer> training = Stream.of(Part.SHARED, Part.CANDIDATE, Part.INDEPENDENT)
                .flatMapToInt(part -> Arrays.stream(split.indices(part)))
                .boxed()
                .toList();
        try (TrainedEncoder encoder = TrainedEncoder.read(run.artifact("checkpoint"));
                ImageFeatures features = new ImageFeatures(encoder.encoder(), encoder.state(), encoder.identity().normalization())) {
            FeatureMatrix matrix = features.whole(images, all, count -> {});
            List<Near> found = new ArrayList<>();
            for (int image : split.indices(Part.PUBLIC)) {
                found.add(training.stream()
                        .map(other -> new Near(image, other, 1 - cosine(matrix.row(image), matrix.row(other))))
                        .min(Comparator.comparingDouble(Near::distance))
                        .orElseThrow());
            }
            found.sort(Comparator.comparingDouble(Near::distance));
            return found;
        }
    }

    private static double cosine(float[] a, float[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
    }
}
