package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.Png;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.BoxSource;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.DerivedSource;
import dev.engram.v1.Geometry;
import dev.engram.v1.ImageFolderSource;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterSourcesTest {
    @TempDir
    Path folder;

    @Test
    void whatCannotBeReadIsListedOrEndsTheRun() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        write(pictures, "a/1.png", png(1));
        write(pictures, "a/2.png", Arrays.copyOf(png(2), 30));
        write(pictures, "b/3.png", png(1));
        write(pictures, "b/4,x.png", new byte[0]);
        RegisterDatasetSpec.Builder spec = folder(pictures.toString());
        FolderRun run = FolderRun.in(folder, "d", spec(spec)).execute(new RegisterDatasetTask());
        DatasetSummary summary = summary(run);
        assertEquals(2, summary.getImages());
        assertEquals(2, summary.getUnreadableImages());
        assertEquals("a/2.png", summary.getUnreadable(0).getFile());
        assertEquals(1, summary.getDuplicateGroups());
        assertEquals(1, summary.getDuplicateGroupsAcrossLabels());
        List<String> csv = Files.readAllLines(run.artifact("dataset").resolve(UnreadableFiles.FILE_NAME));
        assertEquals("a/2.png,byte 30: the PNG picture is cut short", csv.get(1));
        assertEquals("\"b/4,x.png\",is no PNG or JPEG picture", csv.get(2));
        assertTrue(run.log.toString().contains("2 images could not be read"), run.log.toString());
        RunFailure failure = assertThrows(RunFailure.class, () -> FolderRun.in(
                        folder, "f", spec(spec.setUnreadable(RegisterDatasetSpec.Unreadable.FAIL)))
                .execute(new RegisterDatasetTask()));
        assertEquals("unreadable: a/2.png byte 30: the PNG picture is cut short", failure.getMessage());
    }

    @Test
    void aFolderAndItsBoxesComeFromABucketIntoShards() throws Exception {
        ReadOnlyObjects objects = new ReadOnlyObjects()
                .with("pets/images/cat/1.png", png(1)).with("pets/images/dog/2.png", png(2)).with("pets/images/dog/3.png", png(3))
                .with("pets/images/.hidden", new byte[1])
                .with("pets/boxes.csv", "file,b_xmin,b_ymin,b_xmax,b_ymax\n2.png,1,2,12,8\n".getBytes());
        RegisterDatasetSpec.Builder spec = RegisterDatasetSpec.newBuilder().setDisplayName("pets")
                .setGeometry(Geometry.newBuilder().setMethod(Geometry.Method.PAD).setSide(16))
                .setImageFolder(ImageFolderSource.newBuilder().setPath("s3://data/pets/images/")
                        .setBoxes(BoxSource.newBuilder().setCsv("s3://data/pets/boxes.csv").setColumnPrefix("b_")));
        FolderRun run = FolderRun.in(folder, "d", spec(spec)).with("data", objects.store())
                .execute(new RegisterDatasetTask(2 * 3 * 16 * 16));
        ImageSet set = ImageSetFile.open(run.artifact("dataset").resolve(ImageSetFile.FILE_NAME));
        assertEquals(2, set.shards());
        assertEquals(List.of("cat", "dog"), set.classNames());
        assertEquals("[Box[xmin=3, ymin=5, xmax=14, ymax=11]]", set.boxes(1).toString());
        RunFailure none = assertThrows(RunFailure.class, () -> FolderRun.in(folder, "e", spec(folder("s3://data/none")))
                .with("data", objects.store()).execute(new RegisterDatasetTask()));
        assertEquals("no such file: s3://data/none", none.getMessage());
        RunFailure closed = assertThrows(RunFailure.class, () -> FolderRun.in(folder, "g", spec(folder("s3://misspelled/images")))
                .with("misspelled", ReadOnlyObjects.refused("there is no such bucket")).execute(new RegisterDatasetTask()));
        assertEquals("may not be read: s3://misspelled/images: there is no such bucket", closed.getMessage());
        assertEquals(RunError.Category.INVALID_SPEC, closed.category(), "asking again would not help");
    }

    @Test
    void aDerivedSetSaysWhatIsNoise() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < 10; i++) {
            write(pictures, (i % 2 == 0 ? "a/" : "b/") + i + ".png", png(i));
        }
        FolderRun run = FolderRun.in(folder, "d", spec(folder(pictures.toString()))).execute(new RegisterDatasetTask());
        FolderRun noise = run.next("n", spec(RegisterDatasetSpec.newBuilder().setDisplayName("noise").setDerived(
                        DerivedSource.newBuilder().setDataset("datasets/d").setInputNoise(0.3))))
                .execute(new RegisterDatasetTask());
        assertEquals(3, summary(noise).getNoisyInputs());
        assertEquals(4, Files.readAllLines(noise.artifact("dataset").resolve(NoiseReport.FILE_NAME)).size());
        assertEquals(224, summary(noise).getHeight());
        assertEquals(List.of("datasets/d"), new RegisterDatasetTask().uses(noise.spec()));
    }

    @Test
    void everyFieldThatWillNotDoIsNamed() {
        FieldViolations violations = new FieldViolations();
        new RegisterDatasetTask().validate(
                spec(folder("s3://X/").setGeometry(Geometry.newBuilder().setSide(4).setResize(2))), violations);
        new RegisterDatasetTask().validate(
                spec(RegisterDatasetSpec.newBuilder().setDisplayName("n").setDerived(
                        DerivedSource.newBuilder().setDataset("d").setLabelNoise(2))),
                violations);
        assertEquals(
                """
                spec.image_folder.path: must be s3://BUCKET/NAME, is "s3://X/"
                spec.geometry.side: must be 8 to 1024, is 4
                spec.geometry.resize: must be 4 to 2048, or unset, is 2
                spec.derived.dataset: must be datasets/ and 1 to 63 of [a-z0-9-], is "d"
                spec.derived.label_noise: must be 0 to 1, is 2.0""",
                violations.toString());
    }

    private static RegisterDatasetSpec.Builder folder(String path) {
        return RegisterDatasetSpec.newBuilder().setDisplayName("f").setImageFolder(ImageFolderSource.newBuilder().setPath(path));
    }

    private static RunSpec spec(RegisterDatasetSpec.Builder dataset) {
        return RunSpec.newBuilder().setRegisterDataset(dataset).build();
    }

    private static DatasetSummary summary(FolderRun run) throws IOException {
        return SummaryFile.read(
                        Files.readString(run.artifact("dataset").resolve(SummaryFile.NAME)), DatasetSummary.newBuilder())
                .build();
    }

    private static void write(Path folder, String file, byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.write(folder.resolve(file), bytes);
    }

    /** 12 wide, 10 high. */
    private static byte[] png(int value) {
        byte[] planes = new byte[3 * 10 * 12];
        Arrays.fill(planes, (byte) (value * 20));
        return Png.encode(new Picture(3, 10, 12, planes));
    }
}
