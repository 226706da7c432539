package dev.engram.trainer.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.PairCatalogue;
import dev.engram.runs.Resources;
import dev.engram.runs.RunStateException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.store.ConflictException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.InvalidPageTokenException;
import dev.engram.testing.LaptopStore;
import dev.engram.testing.PastRuns;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.SummaryFile;
import dev.engram.trainer.recipe.RecipeVocabulary;
import dev.engram.v1.BatchGetImagesRequest;
import dev.engram.v1.BoxPartition;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.CreateEncoderRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Dataset;
import dev.engram.v1.Encoder;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.GetEncoderRequest;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.GetProbeResultRequest;
import dev.engram.v1.ListDatasetsRequest;
import dev.engram.v1.ListDatasetsResponse;
import dev.engram.v1.ListRecipesRequest;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeRun;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SplitSummary;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the services answer before anything has run: submissions, refusals, lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServicesTest {
    private static final TrainingRecipe.Builder SHORT = TrainingRecipe.newBuilder().setEpochs(1).setBatchSize(20);

    @TempDir
    static Path home;

    private LaptopStore backend;
    private DatasetGrpc datasets;
    private TrainerGrpc trainer;

    @BeforeAll
    void start() throws Exception {
        backend = new LaptopStore(home);
        Catalogue catalogue = backend.store().catalogue();
        RunTasks tasks = RunTasks.load();
        RunSubmission submission = new RunSubmission(catalogue, tasks);
        datasets = new DatasetGrpc(backend.store(), submission);
        trainer = new TrainerGrpc(
                backend.store(), submission, new PairCatalogue(catalogue, tasks), new Resources(catalogue));
        answer(datasets.createDataset(dataset("d").build()));
        answer(datasets.createSplit(CreateSplitRequest.newBuilder().setSplitId("s").setSpec(SmallPair.split()).build()));
        CreateSplitSpec attackless = SmallPair.split().toBuilder().setPublicSet(0).build();
        answer(datasets.createSplit(CreateSplitRequest.newBuilder().setSplitId("s0").setSpec(attackless).build()));
    }

    @AfterAll
    void stop() throws Exception {
        backend.close();
    }

    @Test
    void aPairIsAnsweredWithEveryDefaultFilledIn() {
        Pair pair = answer(trainer.createPair(pair("p", TrainingRecipe.newBuilder().setEpochs(30).setBatchSize(20))));
        assertEquals("pairs/p", pair.getName());
        assertEquals("encoders/p-f", pair.getCandidate());
        assertEquals("encoders/p-g", pair.getReference());
        assertEquals("datasets/d", pair.getDataset());
        TrainingRecipe recipe = pair.getRecipe();
        assertEquals("resnet9 simclr adam simclr-normal", String.join(
                " ", recipe.getNetwork(), recipe.getObjective(), recipe.getOptimizer(), recipe.getAugmentation()));
        assertEquals(3, recipe.getWarmupEpochs());
        assertEquals(102, recipe.getResumePointSteps());
        assertEquals(pair, answer(trainer.getPair(GetPairRequest.newBuilder().setName("pairs/p").build())));
        assertEquals(recipe, answer(trainer.getEncoder(GetEncoderRequest.newBuilder().setName("encoders/p-g").build()))
                .getSpec().getRecipe());
    }

    @Test
    void aPairWaitsForASplitWhoseSizesFollowFromItsDataSet() {
        CreateSplitSpec partition = CreateSplitSpec.newBuilder()
                .setDataset("datasets/d")
                .setPartition(BoxPartition.newBuilder().setPerClass(5).setExternalPerClass(1))
                .build();
        answer(datasets.createSplit(CreateSplitRequest.newBuilder().setSplitId("boxes").setSpec(partition).build()));
        Pair pair = answer(trainer.createPair(pair("waiting", SHORT).toBuilder().setSplit("splits/boxes").build()));
        assertEquals("simclr-normal", pair.getRecipe().getAugmentation());
        assertEquals(false, pair.getRecipe().hasResumePointSteps(), "follows from the number of images");
        for (String run : List.of("waiting-f", "waiting-g")) {
            assertEquals(List.of("boxes"), backend.store().catalogue().runs().get(run).dependencies());
        }
        ProbeRun probe = probe("pairs/waiting", 0);
        assertEquals(0, probe.getSpec().getK(), "at most the public set");
        assertEquals("recipe.epochs: must be 1 to 1000000, is 0",
                refusal(() -> answer(trainer.createPair(CreatePairRequest.newBuilder().setSplit("splits/boxes").build()))));
    }

    @Test
    void whatIsStoredOfAPairDoesNotDependOnWhetherItsSplitIsMade(@TempDir Path folder) throws Exception {
        RunSpec partition = RunSpec.newBuilder()
                .setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/d").setPartition(BoxPartition.newBuilder().setPerClass(5)))
                .build();
        answer(datasets.createSplit(
                CreateSplitRequest.newBuilder().setSplitId("unmade").setSpec(partition.getCreateSplit()).build()));
        SummaryFile.write(
                SplitSummary.newBuilder().setShared(20).setCandidate(10).setIndependent(10).setPublicSet(30).build(), folder);
        new PastRuns(backend.store()).made("splits/made", partition, Map.of("split", folder), "datasets/d");
        Pair before = answer(trainer.createPair(pair("before", SHORT).toBuilder().setSplit("splits/unmade").build()));
        Pair after = answer(trainer.createPair(pair("after", SHORT).toBuilder().setSplit("splits/made").build()));
        assertEquals(before.getRecipe(), after.getRecipe());
        assertEquals("recipe.batch_size: must be at most the 30 training images of an encoder, is 31", refusal(() -> answer(trainer.createPair(
                pair("large", SHORT.clone().setBatchSize(31)).toBuilder().setSplit("splits/made").build()))));
    }

    @Test
    void everyInvalidFieldOfAPairIsNamedAtOnce() {
        CreatePairRequest request = CreatePairRequest.newBuilder()
                .setPairId("P!")
                .setSplit("splits/s")
                .setRequestId("x".repeat(65))
                .setRecipe(TrainingRecipe.newBuilder()
                        .setNetwork("magic")
                        .setEpochs(5)
                        .setWarmupEpochs(5)
                        .setBatchSize(61)
                        .setTemperature(0))
                .build();
        assertEquals(
                """
                pair_id: must be at most 50 of [a-z0-9-], with a letter or digit at both ends, is "P!"
                request_id: must have at most 64 characters, has 65
                recipe.network: must be one of %s, is "magic"
                recipe.temperature: must be greater than 0 and finite, is 0.0
                recipe.warmup_epochs: must be less than epochs (5), is 5.0
                recipe.batch_size: must be at most the 60 training images of an encoder, is 61"""
                        .formatted(String.join(", ", RecipeVocabulary.NETWORKS)),
                refusal(() -> answer(trainer.createPair(request))));
    }

    @Test
    void oneEncoderIsARunOfItsNameWithEveryValueSet() {
        TrainEncoderSpec spec = TrainEncoderSpec.newBuilder()
                .setSplit("splits/s")
                .addParts(TrainingPart.TRAINING_PART_PUBLIC)
                .setRecipe(SHORT)
                .build();
        Encoder encoder = answer(trainer.createEncoder(
                CreateEncoderRequest.newBuilder().setEncoderId("alone").setSpec(spec).build()));
        assertEquals("encoders/alone", encoder.getName());
        assertEquals("runs/alone", encoder.getRun());
        assertEquals(102, encoder.getSpec().getRecipe().getResumePointSteps(), "34 epochs of 3 steps, of 60 public images");
        assertEquals(encoder, answer(trainer.getEncoder(GetEncoderRequest.newBuilder().setName("encoders/alone").build())));
        assertEquals(
                """
                encoder_id: must be at most 63 of [a-z0-9-], with a letter or digit at both ends, is "A"
                spec.pair: must be empty: CreatePair makes pairs
                spec.side: is required: CANDIDATE or REFERENCE, unless there are parts""",
                refusal(() -> answer(trainer.createEncoder(CreateEncoderRequest.newBuilder()
                        .setEncoderId("A")
                        .setSpec(spec.toBuilder().clearParts().setPair("pairs/p"))
                        .build()))));
        assertEquals(
                "spec.dataset: datasets/none does not exist",
                refusal(() -> answer(trainer.createEncoder(CreateEncoderRequest.newBuilder()
                        .setSpec(TrainEncoderSpec.newBuilder().setDataset("datasets/none").setRecipe(SHORT))
                        .build()))));
        assertEquals(
                "spec.recipe.batch_size: must be at most the 60 training images of an encoder, is 61",
                refusal(() -> answer(trainer.createEncoder(CreateEncoderRequest.newBuilder()
                        .setSpec(spec.toBuilder().setRecipe(SHORT.clone().setBatchSize(61)))
                        .build()))));
    }

    @Test
    void unknownResourcesAreNamedWithTheirField() {
        assertEquals(
                "split: splits/none does not exist\nrecipe.epochs: must be 1 to 1000000, is 0",
                refusal(() -> answer(trainer.createPair(
                        CreatePairRequest.newBuilder().setSplit("splits/none").build()))));
        assertEquals(
                "spec.dataset: datasets/none does not exist",
                refusal(() -> answer(datasets.createSplit(CreateSplitRequest.newBuilder()
                        .setSpec(SmallPair.split().toBuilder().setDataset("datasets/none"))
                        .build()))));
        assertEquals("spec.pair: pairs/none does not exist", refusal(() -> probe("pairs/none", 1)));
        assertThrows(ObjectNotFoundException.class, () -> answer(
                datasets.getDataset(GetDatasetRequest.newBuilder().setName("datasets/none").build())));
        assertThrows(ObjectNotFoundException.class, () -> answer(
                datasets.getDataset(GetDatasetRequest.newBuilder().setName("datasets/s").build())));
        assertEquals(
                "name: must be datasets/ and 1 to 63 of [a-z0-9-], is \"d\"",
                refusal(() -> answer(datasets.getDataset(GetDatasetRequest.newBuilder().setName("d").build()))));
    }

    @Test
    void aProbeThatTheSplitRulesOutIsRefusedBeforeAnythingIsTrained() {
        answer(trainer.createPair(pair("q", SHORT)));
        answer(trainer.createPair(pair("q0", SHORT).toBuilder().setSplit("splits/s0").build()));
        assertEquals(
                "spec.k: must be at most the 60 images of the public set, is 61", refusal(() -> probe("pairs/q", 61)));
        assertEquals(
                "spec.pair: its split has no public set to learn a probe from", refusal(() -> probe("pairs/q0", 1)));
        assertEquals(20, probe("pairs/q", 0).getSpec().getK());
        ProbeSpec ofItsOwnImages = ProbeSpec.newBuilder().setPair("pairs/q").setSplit("splits/s0").setK(1).build();
        assertTrue(refusal(() -> answer(trainer.createProbe(CreateProbeRequest.newBuilder().setSpec(ofItsOwnImages).build())))
                .contains("spec.split: splits/s0 is of the pair's own data set"));
    }

    @Test
    void aResultThatIsNotThereYetIsSaidToBeSo() {
        answer(trainer.createPair(pair("r", SHORT)));
        String run = probe("pairs/r", 3).getRun();
        RunStateException early = assertThrows(RunStateException.class, () -> answer(
                trainer.getProbeResult(GetProbeResultRequest.newBuilder().setRun(run).build())));
        assertTrue(early.getMessage().contains("is QUEUED: it has no result yet"), early.getMessage());
        Pair pair = answer(trainer.getPair(GetPairRequest.newBuilder().setName("pairs/r").build()));
        assertEquals(List.of(run), pair.getRunsList());
        assertThrows(ObjectNotFoundException.class, () -> answer(
                trainer.getProbeResult(GetProbeResultRequest.newBuilder().setRun("runs/d").build())));
        assertThrows(RunStateException.class, () -> answer(datasets.batchGetImages(
                BatchGetImagesRequest.newBuilder().setDataset("datasets/d").addImageIds(1).build())));
    }

    @Test
    void theSameRequestManyTimesIsOneDataSet() throws Exception {
        CreateDatasetRequest request = dataset("").setRequestId("once").build();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Dataset> call = () -> answer(datasets.createDataset(request));
            List<Future<Dataset>> answers = callers.invokeAll(IntStream.range(0, 100).mapToObj(i -> call).toList());
            Dataset first = answers.getFirst().get();
            for (Future<Dataset> other : answers) {
                assertEquals(first, other.get());
            }
        }
    }

    @Test
    void anIdThatIsTakenByAnotherSpecIsAConflict() {
        CreateDatasetRequest.Builder other = dataset("d");
        other.getSpecBuilder().setDisplayName("another");
        assertThrows(ConflictException.class, () -> answer(datasets.createDataset(other.build())));
        answer(trainer.createPair(pair("t", SHORT)));
        CreatePairRequest longer = pair("t", TrainingRecipe.newBuilder().setEpochs(2).setBatchSize(20));
        assertThrows(ConflictException.class, () -> answer(trainer.createPair(longer)));
    }

    @Test
    void listsComeInPages() {
        for (int i = 0; i < 3; i++) {
            answer(datasets.createDataset(dataset("page-" + i).build()));
        }
        ListDatasetsRequest two = ListDatasetsRequest.newBuilder().setPageSize(2).build();
        ListDatasetsResponse first = answer(datasets.listDatasets(two));
        assertEquals(2, first.getDatasetsCount());
        ListDatasetsResponse second =
                answer(datasets.listDatasets(two.toBuilder().setPageToken(first.getNextPageToken()).build()));
        assertTrue(second.getDatasetsCount() >= 1);
        assertTrue(first.getDatasetsList().stream().noneMatch(second.getDatasetsList()::contains));
        assertEquals(
                "page_size: must be at least 0, is -1",
                refusal(() -> answer(datasets.listDatasets(two.toBuilder().setPageSize(-1).build()))));
        assertThrows(InvalidPageTokenException.class, () -> answer(
                datasets.listDatasets(two.toBuilder().setPageToken("nonsense").build())));
    }

    @Test
    void theDemosRecipesHaveTheirNames() {
        assertEquals(
                List.of("demo-quick", "demo", "simclr-cifar"),
                answer(trainer.listRecipes(ListRecipesRequest.getDefaultInstance())).getRecipesList().stream()
                        .map(recipe -> recipe.getId())
                        .limit(3)
                        .toList());
    }

    private ProbeRun probe(String pair, int k) {
        return answer(trainer.createProbe(CreateProbeRequest.newBuilder()
                .setSpec(ProbeSpec.newBuilder().setPair(pair).setK(k))
                .build()));
    }

    private static CreateDatasetRequest.Builder dataset(String id) {
        return CreateDatasetRequest.newBuilder().setDatasetId(id).setSpec(SmallPair.dataset());
    }

    private static CreatePairRequest pair(String id, TrainingRecipe.Builder recipe) {
        return CreatePairRequest.newBuilder().setPairId(id).setSplit("splits/s").setRecipe(recipe).build();
    }

    private static String refusal(Runnable call) {
        return assertThrows(InvalidRunException.class, call::run).getMessage();
    }

    private static <T> T answer(Uni<T> uni) {
        return uni.await().indefinitely();
    }
}
