package dev.engram.trainer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.PairCatalogue;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStateException;
import dev.engram.runs.RunTasks;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.PairRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.testing.LaptopStore;
import dev.engram.testing.PastRuns;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.SummaryFile;
import dev.engram.trainer.training.Pairs;
import dev.engram.trainer.training.PlannedEncoders;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.Pair;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingPairsTest {
    @TempDir
    Path folder;

    private LaptopStore store;
    private ExistingPairs pairs;
    private PastRuns past;

    @BeforeEach
    void start() throws Exception {
        store = new LaptopStore(folder.resolve("store"));
        past = new PastRuns(store.store());
        past.made("splits/s", RunSpec.newBuilder().setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/d")).build(), Map.of());
        past.made("encoders/f", imported(), manifest("f", 32));
        past.made("encoders/g", imported(), manifest("g", 32));
        past.made("encoders/large", imported(), manifest("large", 64));
        queue("import", imported());
        queue("cut", edited("encoders/f"));
        queue("twice", edited("encoders/cut"));
        queue("other", edited("encoders/large"));
        queue("early", edited("encoders/import"));
        queue("training", trained("resnet9"));
        queue("wide", trained("resnet18"));
        PairCatalogue catalogue = new PairCatalogue(store.store().catalogue(), RunTasks.load());
        ResultFiles files = new ResultFiles(store.store());
        pairs = new ExistingPairs(
                catalogue, new EncoderFiles(store.store(), files), new PlannedEncoders(new Resources(store.store().catalogue()), files));
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    /** So that one encoder alone, an import perhaps, can be measured. */
    @Test
    void anEncoderCanBeAPairWithItself() {
        PairRecord pair = pairs.create(request("encoders/f", "encoders/f"));
        assertEquals(List.of("f", "f"), pair.existing());
        assertEquals(pair, pairs.create(request("encoders/f", "encoders/f")), "once for one request");
    }

    /** It has the network and the input of what it will be edited from, however often. */
    @Test
    void anEncoderThatIsAboutToBeEditedCanBeOfAPair() {
        PairRecord pair = pairs.create(request("encoders/cut", "encoders/g"));
        assertEquals(List.of("cut", "g"), pair.existing());
        assertEquals(pair, pairs.create(request("encoders/cut", "encoders/g")), "once for one request");
        assertEquals(List.of("f", "twice"), pairs.create(request("encoders/f", "encoders/twice").toBuilder().setPairId("q").build()).existing());
    }

    @Test
    void aPairOfEditedEncodersSaysOfWhichTheyWereMade() {
        pairs.create(request("encoders/twice", "encoders/g"));
        Pair pair = new Pairs(store.store().catalogue()).get("pairs/p");
        assertEquals(List.of("encoders/cut", ""), List.of(pair.getCandidateSource(), pair.getReferenceSource()));
    }

    @Test
    void whatItWillBeEditedFromMustFit() {
        InvalidRunException other = assertThrows(InvalidRunException.class, () -> pairs.create(request("encoders/other", "encoders/g")));
        assertTrue(other.getMessage().startsWith("reference: its input"), other.getMessage());
    }

    /** What is not known yet is found out by whoever measures. */
    @Test
    void anImportThatHasNotTakenPlaceCanBeOfAPair() {
        assertEquals(List.of("early", "g"), pairs.create(request("encoders/early", "encoders/g")).existing());
    }

    @Test
    void aTrainingThatIsStillWaitingCanBeOfAPairIfItFits() throws Exception {
        packed("d");
        assertEquals(List.of("training", "g"), pairs.create(request("encoders/training", "encoders/g")).existing());
        InvalidRunException refused = assertThrows(InvalidRunException.class, () -> pairs.create(request("encoders/f", "encoders/wide")));
        assertTrue(refused.getMessage().contains("reference: its network is resnet18"), refused.getMessage());
    }

    @Test
    void aTrainingOfImagesThatAreNotThereYetCanBeOfAPair() {
        queue("d", RunSpec.newBuilder().setRegisterDataset(RegisterDatasetSpec.getDefaultInstance()).build());
        assertEquals(List.of("wide", "g"), pairs.create(request("encoders/wide", "encoders/g")).existing());
    }

    @Test
    void whatWillNotBeMadeIsRefusedWithItsRun() {
        end("import", Run.State.FAILED, "no such file");
        RunStateException failed = assertThrows(RunStateException.class, () -> pairs.create(request("encoders/early", "encoders/g")));
        assertEquals("encoders/early will not be made: runs/import is FAILED: no such file", failed.getMessage());
        end("training", Run.State.CANCELLED, "");
        RunStateException cancelled = assertThrows(RunStateException.class, () -> pairs.create(request("encoders/f", "encoders/training")));
        assertEquals("encoders/training will not be made: runs/training is CANCELLED", cancelled.getMessage());
    }

    private void end(String id, Run.State state, String error) {
        Optional<RunError> reason = error.isEmpty() ? Optional.empty() : Optional.of(RunError.newBuilder().setMessage(error).build());
        store.store().catalogue().runs().transition(id, Set.of(Run.State.QUEUED), new StateChange(state, reason, Optional.empty()));
    }

    private void packed(String dataset) throws Exception {
        Path summary = SummaryFile.write(
                DatasetSummary.newBuilder().setImages(10).setChannels(3).setHeight(32).setWidth(32).build(), Files.createDirectories(folder.resolve(dataset)));
        past.made("datasets/" + dataset, RunSpec.newBuilder().setRegisterDataset(RegisterDatasetSpec.getDefaultInstance()).build(),
                Map.of("dataset", summary.getParent()));
    }

    private static RunSpec trained(String network) {
        return RunSpec.newBuilder()
                .setTrainEncoder(TrainEncoderSpec.newBuilder()
                        .setSplit("splits/s")
                        .setRecipe(TrainingRecipe.newBuilder().setNetwork(network).setAugmentation("simclr-normal")))
                .build();
    }

    private void queue(String id, RunSpec spec) {
        String kind = RunTasks.kindName(spec.getTaskCase());
        store.store().catalogue().runs().create(new NewRun(id, Optional.empty(), kind, RunSpecs.toJson(spec), List.of()));
    }

    /** A checkpoint of which nothing but the manifest is read. */
    private Map<String, Path> manifest(String name, int side) throws Exception {
        Map<String, String> details = Map.of("channels", "3", "side", Integer.toString(side), "augmentation", "simclr-normal", "parameters", "1");
        CheckpointManifest manifest = CheckpointManifest.describe("resnet9", 0, Map.of(), details)
                .with(List.of(new CheckpointManifest.File("encoder.safetensors", 1, "0".repeat(64))));
        Path checkpoint = Files.createDirectories(folder.resolve(name));
        Files.write(checkpoint.resolve(CheckpointFolder.MANIFEST), manifest.toJson());
        return Map.of("checkpoint", checkpoint);
    }

    private static RunSpec imported() {
        return RunSpec.newBuilder().setImportEncoder(ImportEncoderSpec.getDefaultInstance()).build();
    }

    private static RunSpec edited(String source) {
        return RunSpec.newBuilder().setEditEncoder(EditEncoderSpec.newBuilder().setSource(source)).build();
    }

    private static CreatePairRequest request(String candidate, String reference) {
        return CreatePairRequest.newBuilder().setPairId("p").setSplit("splits/s").setCandidate(candidate).setReference(reference).build();
    }
}
