package dev.engram.trainer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.checkpoint.SafetensorsWriter;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.Sha256;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.ChannelNormalization;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ResNet-9 of seed 7, its names below {@code backbone.}, and a stranger beside it. */
class ImportEncoderTaskTest {
    @TempDir
    private Path folder;

    private Path file;
    private String digest;

    @BeforeAll
    static void startEngine() {
        TorchEngine.start(1);
    }

    @BeforeEach
    void writeFile() throws Exception {
        file = folder.resolve("weights.safetensors");
        write("backbone.", "");
    }

    private void write(String prefix, String without) throws Exception {
        try (StateDict state = StateLayout.of(Networks.encoder("resnet9", 3, 32)).initialState(7);
                StateDict named = new StateDict();
                OutputStream out = Files.newOutputStream(file)) {
            state.tensors().forEach((name, tensor) -> {
                if (!name.equals(without)) {
                    named.putCopy(prefix + name, tensor);
                }
            });
            named.putCopy("queue", state.get("prep.conv.bias"));
            SafetensorsWriter.write(out, named, Map.of());
        }
        digest = Sha256.of(file).sha256();
    }

    @Test
    void anEncoderIsMadeWithReportAndNormalization() throws Exception {
        FolderRun run = run("x", spec().setNetwork("resnet9").setSha256(digest)
                .setNormalization(ChannelNormalization.newBuilder().addAllMean(List.of(0.1, 0.2, 0.3)).addAllStd(List.of(1.0, 2.0, 3.0)))
                .setAugmentation("fashion-grey"))
                .execute(new ImportEncoderTask());

        try (TrainedEncoder encoder = TrainedEncoder.read(run.artifact("checkpoint"));
                StateDict expected = StateLayout.of(encoder.encoder()).initialState(7)) {
            assertEquals(expected.digest(), encoder.state().digest());
            assertEquals(new Normalization(List.of(0.1, 0.2, 0.3), List.of(1.0, 2.0, 3.0)), encoder.identity().normalization());
            assertEquals(encoder.identity().normalization(), encoder.identity().views(AugmentationRecipe.named("simclr-weak")).normalization());
            assertEquals("fashion-grey", encoder.identity().augmentation().name());
            assertFalse(encoder.identity().isProjected());
            assertEquals(0, encoder.identity().baselineSeed());
        }
        String json = Files.readString(run.artifact("result").resolve(SummaryFile.RESULT));
        CheckpointReport report = SummaryFile.read(json, CheckpointReport.newBuilder()).build();
        assertEquals("backbone.", report.getPrefix());
        assertTrue(report.getStrictOk());
        assertEquals(digest, report.getSha256());
        assertEquals(32, report.getSide());
    }

    @Test
    void theNearestNetworkIsTakenIfNoneIsNamed() throws Exception {
        FolderRun run = run("x", spec()).execute(new ImportEncoderTask());
        try (TrainedEncoder encoder = TrainedEncoder.read(run.artifact("checkpoint"))) {
            assertEquals("resnet9", encoder.encoder().name());
        }
    }

    @Test
    void theSameFileGivesTheSameBytesAlsoAfterAnInterruption() throws Exception {
        FolderRun once = run("x", spec()).execute(new ImportEncoderTask());
        assertThrows(RunStopped.class, () -> run("y", spec()).stopAt(4, Run.State.PAUSED).execute(new ImportEncoderTask()));
        FolderRun again = run("z", spec()).execute(new ImportEncoderTask());

        assertEquals(SmallPair.digests(once.artifact("checkpoint")), SmallPair.digests(again.artifact("checkpoint")));
        assertFalse(Files.exists(folder.resolve("y").resolve("checkpoint")));
    }

    @Test
    void aFileThatHasChangedIsRefused() throws Exception {
        String before = digest;
        write("backbone.", "prep.conv.bias");

        RunFailure failure = failure(spec().setSha256(before));

        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertTrue(failure.getMessage().startsWith("spec.sha256: the file is another one by now"), failure.getMessage());
    }

    @Test
    void whatIsMissingIsNamedOrKeepsItsInitialValues() throws Exception {
        write("backbone.", "layer2.conv.weight");

        String message = failure(spec().setNetwork("resnet9")).getMessage();
        assertTrue(message.contains("1 missing (layer2.conv.weight [128, 64, 3, 3])"), message);

        FolderRun run = run("y", spec().setNetwork("resnet9").setStrict(false)).execute(new ImportEncoderTask());
        try (TrainedEncoder encoder = TrainedEncoder.read(run.artifact("checkpoint"));
                StateDict initial = StateLayout.of(encoder.encoder()).initialState(0)) {
            assertEquals(
                    Arrays.toString(initial.get("layer2.conv.weight").floats()),
                    Arrays.toString(encoder.state().get("layer2.conv.weight").floats()));
        }
        assertTrue(run.log.stream().anyMatch(line -> line.contains("layer2.conv.weight is not in the file")), run.log.toString());
    }

    @Test
    void aFileThatIsNoneIsNamedAsTheUserDid() throws Exception {
        Files.writeString(file, "no weights");
        String message = failure(spec()).getMessage();
        assertEquals("spec.source: %s: byte 0: is neither safetensors nor a file of torch.save".formatted(file), message);

        Files.delete(file);
        assertTrue(failure(spec()).getMessage().startsWith("spec.source.path: there is no readable file"));
    }

    @Test
    void everythingWrongWithASpecIsSaidAtOnce() {
        FieldViolations violations = new FieldViolations();
        new ImportEncoderTask().validate(RunSpec.newBuilder().setImportEncoder(ImportEncoderSpec.newBuilder()
                .setSource(CheckpointSource.newBuilder().setPath("weights.pt"))
                .setNetwork("resnet17").setSide(-1).setAugmentation("none").setSha256("abc")
                .setNormalization(ChannelNormalization.newBuilder().addMean(1))).build(), violations);

        assertEquals(
                List.of("spec.source.path", "spec.side", "spec.network", "spec.normalization", "spec.augmentation", "spec.sha256"),
                violations.list().stream().map(violation -> violation.getField()).toList());
    }

    private RunFailure failure(ImportEncoderSpec.Builder spec) {
        return assertThrows(RunFailure.class, () -> run("x", spec).execute(new ImportEncoderTask()));
    }

    private FolderRun run(String id, ImportEncoderSpec.Builder spec) {
        return FolderRun.in(folder, id, RunSpec.newBuilder().setImportEncoder(spec).build());
    }

    private ImportEncoderSpec.Builder spec() {
        return ImportEncoderSpec.newBuilder().setSource(CheckpointSource.newBuilder().setPath(file.toString()));
    }
}
