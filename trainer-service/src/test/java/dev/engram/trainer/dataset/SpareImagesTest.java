package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitMaker;
import dev.engram.encoders.data.SplitSizes;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.IdxSource;
import dev.engram.v1.NearDuplicates;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SplitSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands in for near duplicates, against a walk over the images in the order in which larger public sets take them. Of the 90 images of
 * three classes those of ids 3n, 3n + 1, 3n + 2 are nearly one another.
 */
class SpareImagesTest {
    private static final int IMAGES = 90;
    private static final int SIDE = 32;
    private static final double NEAR = 0.02;
    private static final int PUBLIC = 30;

    private static FolderRun dataset;
    private static ImageSet images;

    @BeforeAll
    static void pack(@TempDir Path folder) throws Exception {
        IdxSource source = IdxSource.newBuilder()
                .setImages(pixels(folder.resolve("images")).toString())
                .setLabels(labels(folder.resolve("labels")).toString())
                .build();
        dataset = FolderRun.in(folder, "d", RunSpec.newBuilder()
                        .setRegisterDataset(RegisterDatasetSpec.newBuilder().setDisplayName("triples").setIdx(source))
                        .build())
                .execute(new RegisterDatasetTask());
        images = ImageSetFile.open(dataset.artifact("dataset").resolve(ImageSetFile.FILE_NAME));
    }

    @Test
    void theNextImagesOfTheClassStandInThatAreNearNoTrainingImage() throws Exception {
        Split plain = drawn(PUBLIC);
        FolderRun run = made("filled", spec(PUBLIC).setNearDuplicates(remove()));
        List<Integer> order = new ArrayList<>();
        for (int size = PUBLIC; size < 70; size++) {
            TreeSet<Integer> next = set(drawn(size + 1), Part.PUBLIC);
            next.removeAll(set(drawn(size), Part.PUBLIC));
            order.addAll(next);
        }
        TreeSet<Integer> training = training(plain);
        TreeSet<Integer> expected = new TreeSet<>();
        List<Integer> found = new ArrayList<>();
        int wanting = 0;
        for (int index : set(plain, Part.PUBLIC)) {
            if (!isNear(index, training)) {
                expected.add(index);
                continue;
            }
            wanting++;
            found.add(index);
            Integer other;
            do {
                other = order.stream().filter(spare -> images.label(spare) == images.label(index)).findFirst().orElse(null);
                order.remove(other);
                if (other != null && isNear(other, training)) {
                    found.add(other);
                }
            } while (other != null && isNear(other, training));
            if (other != null) {
                expected.add(other);
            }
        }
        int missing = PUBLIC - expected.size();
        assertTrue(wanting > 3 && found.size() > wanting, "the data have near duplicates, among the spares too");
        assertEquals(expected, set(split(run), Part.PUBLIC));
        for (Part part : List.of(Part.SHARED, Part.CANDIDATE, Part.INDEPENDENT, Part.EXTERNAL)) {
            assertArrayEquals(plain.indices(part), split(run).indices(part), part.key());
        }
        SplitSummary summary = summary(run);
        assertEquals(
                List.of(found.size(), wanting - missing, missing, PUBLIC - missing),
                List.of(summary.getNearDuplicates(), summary.getNearDuplicatesReplaced(), summary.getPublicSetMissing(), summary.getPublicSet()));
        assertEquals(split(run).digest(), summary.getDigest());
        TreeSet<Integer> named = Files.readAllLines(run.artifact("split").resolve(NearDuplicateSearch.FILE_NAME)).stream()
                .skip(1)
                .map(line -> Integer.valueOf(line.substring(0, line.indexOf(','))))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(found.stream().map(images::id).collect(Collectors.toCollection(TreeSet::new)), named);
    }

    @Test
    void withoutNearDuplicatesNothingChanges() throws Exception {
        FolderRun looked = made("looked", spec(PUBLIC).setNearDuplicates(remove().toBuilder().setDistance(1e-6)));
        assertEquals(drawn(PUBLIC).digest(), split(looked).digest());
        assertEquals(0, summary(looked).getNearDuplicatesReplaced() + summary(looked).getPublicSetMissing());
    }

    @Test
    void namedOnlyTheyStay() throws Exception {
        FolderRun named = made("named", spec(PUBLIC).setNearDuplicates(remove().toBuilder().setRemove(false)));
        assertEquals(drawn(PUBLIC).digest(), split(named).digest());
        assertTrue(summary(named).getNearDuplicates() > 0);
    }

    @Test
    void whatCannotBeReplacedIsCounted() throws Exception {
        FolderRun run = made("all", spec(70).setNearDuplicates(remove()));
        SplitSummary summary = summary(run);
        assertEquals(summary.getNearDuplicates(), summary.getPublicSetMissing());
        assertEquals(70 - summary.getPublicSet(), summary.getPublicSetMissing());
        assertEquals(0, summary.getNearDuplicatesReplaced());
        TreeSet<Integer> left = set(split(run), Part.PUBLIC);
        Map<Integer, Long> missing = new TreeMap<>(set(drawn(70), Part.PUBLIC).stream()
                .filter(index -> !left.contains(index))
                .collect(Collectors.groupingBy(images::label, Collectors.counting())));
        String classes = missing.entrySet().stream()
                .map(entry -> "class %d (%d), %d missing".formatted(entry.getKey(), entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; "));
        String warning = "WARNING the public set is %d images smaller than asked for: no image that is near no training image is left of %s"
                .formatted(summary.getPublicSetMissing(), classes);
        assertTrue(run.log.contains(warning), warning + "\n" + run.log);
    }

    /** Fewer shared images have fewer near duplicates; those of the largest count for all. */
    @Test
    void aSeriesHasOnePublicSet() throws Exception {
        CreateSplitSpec.Builder large = spec(PUBLIC).setShared(20).setNearDuplicates(remove());
        Split one = split(made("s-20", large));
        Split other = split(made("s-2", large.clone().setShared(2).setLargestShared(20)));
        assertEquals(set(one, Part.PUBLIC), set(other, Part.PUBLIC));
        assertEquals(2, other.size(Part.SHARED));
        assertNotEquals(set(one, Part.PUBLIC), set(split(made("s-alone", large.clone().setShared(2))), Part.PUBLIC));
        TreeSet<Integer> reserved = set(one, Part.SHARED);
        assertTrue(set(other, Part.PUBLIC).stream().noneMatch(reserved::contains), "places of the larger stay free");
    }

    private static boolean isNear(int index, TreeSet<Integer> training) {
        return training.stream().anyMatch(other -> images.id(index) / 3 == images.id(other) / 3);
    }

    private static TreeSet<Integer> training(Split split) {
        TreeSet<Integer> all = set(split, Part.SHARED);
        all.addAll(set(split, Part.CANDIDATE));
        all.addAll(set(split, Part.INDEPENDENT));
        return all;
    }

    private static CreateSplitSpec.Builder spec(int publicSet) {
        return CreateSplitSpec.newBuilder()
                .setDataset("datasets/d").setSeed(4).setShared(6).setCandidate(6).setIndependent(6).setExternal(2).setPublicSet(publicSet);
    }

    /** The same with nothing looked for. */
    private static Split drawn(int publicSet) {
        return SplitMaker.draw(images, new SplitSizes(6, 6, 6, 2, publicSet), 4, SplitMaker.DuplicatePolicy.LEAVE_OUT).split();
    }

    private static NearDuplicates remove() {
        return NearDuplicates.newBuilder().setDistance(NEAR).setRemove(true).build();
    }

    private static FolderRun made(String id, CreateSplitSpec.Builder spec) throws Exception {
        return dataset.next(id, RunSpec.newBuilder().setCreateSplit(spec).build()).execute(new CreateSplitTask());
    }

    private static Split split(FolderRun run) throws IOException {
        return Split.fromJson(Files.readAllBytes(run.artifact("split").resolve(Split.FILE_NAME)));
    }

    private static SplitSummary summary(FolderRun run) throws IOException {
        return SummaryFile.read(Files.readString(run.artifact("split").resolve(SummaryFile.NAME)), SplitSummary.newBuilder()).build();
    }

    private static TreeSet<Integer> set(Split split, Part part) {
        return Arrays.stream(split.indices(part)).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    /** Noise, a triple at a time: the same but for one level of brightness. */
    private static Path pixels(Path path) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(16 + IMAGES * SIDE * SIDE).putInt(0x0803).putInt(IMAGES).putInt(SIDE).putInt(SIDE);
        for (int i = 0; i < IMAGES; i++) {
            Random random = new Random(i / 3);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                file.put((byte) (random.nextInt(250) + i % 3));
            }
        }
        return Files.write(path, file.array());
    }

    /** The three of a triple may be of different classes. */
    private static Path labels(Path path) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(8 + IMAGES).putInt(0x0801).putInt(IMAGES);
        IntStream.range(0, IMAGES).forEach(i -> file.put((byte) (i * 7 / 5 % 3)));
        return Files.write(path, file.array());
    }
}
