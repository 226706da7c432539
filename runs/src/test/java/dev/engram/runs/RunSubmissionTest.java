package dev.engram.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.testing.DeclaredTask;
import dev.engram.runs.testing.TestCatalogue;
import dev.engram.store.ConflictException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunFilter;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.UnitMemSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunSubmissionTest {
    private static final RunTasks TASKS = RunTasks.of(
            new DeclaredTask(RunSpec.TaskCase.UNIT_MEM),
            new DeclaredTask(RunSpec.TaskCase.REGISTER_DATASET),
            new DeclaredTask(RunSpec.TaskCase.CREATE_SPLIT),
            new DeclaredTask(RunSpec.TaskCase.TRAIN_ENCODER));
    private static final TrainingRecipe RECIPE = TrainingRecipe.newBuilder().setEpochs(2).build();

    private final Catalogue catalogue = TestCatalogue.open();
    private final RunSubmission submission = new RunSubmission(catalogue, TASKS);
    private final PairCatalogue pairs = new PairCatalogue(catalogue, TASKS);

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void aValidSpecIsQueuedUnderAnIdThatTellsItsKind() {
        RunRecord run = submission.submit(DeclaredTask.spec(3), null, null);
        assertEquals(Run.State.QUEUED, run.state());
        assertTrue(run.id().matches("unit-mem-[a-z2-7]{10}"), run.id());
        assertEquals(DeclaredTask.spec(3), RunSpecs.parse(run.spec()));
        assertEquals("unit_mem", run.kind());
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        RunSpec spec = RunSpec.newBuilder()
                .setUnitMem(UnitMemSpec.newBuilder().setViews(0).setTopImages(-1).setPair("pairs/nowhere"))
                .build();
        InvalidRunException e = assertThrows(InvalidRunException.class, () -> submission.submit(spec, "Not An Id", "r".repeat(65)));
        assertEquals(
                List.of("run_id", "request_id", "spec.views", "spec.top_images", "spec.pair"),
                e.violations().getFieldViolationsList().stream().map(v -> v.getField()).toList());
    }

    /** PostgreSQL keeps no NUL, and would say so as a defect of ours. */
    @Test
    void aRequestIdIsText() {
        InvalidRunException e = assertThrows(InvalidRunException.class, () -> submission.submit(DeclaredTask.spec(1), null, "a\0b"));
        assertEquals(List.of("request_id"), e.violations().getFieldViolationsList().stream().map(v -> v.getField()).toList());
    }

    @Test
    void aSpecWithoutATaskAndAKindNobodyExecutesAreRefused() {
        assertThrows(InvalidRunException.class, () -> submission.submit(RunSpec.getDefaultInstance(), null, null));
        RunSubmission knowsNothing = new RunSubmission(catalogue, RunTasks.of());
        InvalidRunException e = assertThrows(InvalidRunException.class, () -> knowsNothing.submit(DeclaredTask.spec(1), null, null));
        assertTrue(e.getMessage().contains("unit_mem"), e.getMessage());
    }

    @Test
    void anUnknownResourceIsNamedWithItsField() {
        RunSpec spec = RunSpec.newBuilder().setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/nowhere")).build();
        InvalidRunException e = assertThrows(InvalidRunException.class, () -> submission.submit(spec, null, null));
        assertEquals("spec.dataset: datasets/nowhere does not exist", e.getMessage());
    }

    @Test
    void aRunThatMakesSomethingElseIsNoSuchResource() {
        submission.submit(DeclaredTask.spec(1), "x", null);
        RunSpec spec = RunSpec.newBuilder().setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/x")).build();
        assertThrows(InvalidRunException.class, () -> submission.submit(spec, null, null));
    }

    @Test
    void ids() {
        for (String good : List.of("a", "0", "a-b", "x".repeat(63))) {
            assertEquals(good, submission.submit(DeclaredTask.spec(1), good, null).id());
        }
        for (String bad : List.of("-a", "a-", "A", "a_b", "a/b", "ä", "x".repeat(64), " ")) {
            assertThrows(InvalidRunException.class, () -> submission.submit(DeclaredTask.spec(1), bad, null), bad);
        }
    }

    @Test
    void aHundredIdenticalSubmitsAtOnceAreOneRun() throws Exception {
        Set<String> ids = new HashSet<>(atOnce(100, () -> submission.submit(DeclaredTask.spec(5), null, "same").id()));
        assertEquals(1, ids.size());
        assertEquals(1, catalogue.runs().list(RunFilter.ALL, 10, "").items().size());
    }

    @Test
    void theSameRequestOrIdForAnotherSpecIsAConflict() {
        submission.submit(DeclaredTask.spec(5), "one", "request");
        assertThrows(ConflictException.class, () -> submission.submit(DeclaredTask.spec(6), null, "request"));
        assertThrows(ConflictException.class, () -> submission.submit(DeclaredTask.spec(6), "one", null));
        assertEquals("one", submission.submit(DeclaredTask.spec(5), "one", null).id());
        assertEquals("one", submission.submit(DeclaredTask.spec(5), "one", "request").id());
        assertThrows(ConflictException.class, () -> submission.submit(DeclaredTask.spec(5), "one", "another request"));
    }

    @Test
    void aPairIsTwoRunsThatDependOnTheirSplit() {
        makeSplit();
        pairs.create("p", "splits/s", RECIPE, null);
        assertEquals(List.of("s"), catalogue.runs().get("p-f").dependencies());
        assertEquals(List.of("s"), catalogue.runs().get("p-g").dependencies());
        assertEquals(
                new ResolvedPair("pairs/p", "encoders/p-f", "encoders/p-g", "splits/s", "datasets/d"), pairs.resolve("pairs/p"));

        RunSpec measure = RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setViews(1).setPair("pairs/p")).build();
        assertEquals(List.of("d", "p-f", "p-g", "s"), submission.submit(measure, null, null).dependencies());
    }

    @Test
    void aHundredIdenticalPairsAtOnceAreOnePair() throws Exception {
        makeSplit();
        Set<String> ids = new HashSet<>(atOnce(100, () -> pairs.create(null, "splits/s", RECIPE, "same").id()));
        assertEquals(1, ids.size());
        assertEquals(4, catalogue.runs().list(RunFilter.ALL, 10, "").items().size());
    }

    @Test
    void aPairThatCannotBeMadeLeavesNothing() {
        makeSplit();
        submission.submit(DeclaredTask.spec(1), "q-g", null);
        assertThrows(ConflictException.class, () -> pairs.create("q", "splits/s", RECIPE, null));
        assertTrue(catalogue.runs().find("q-f").isEmpty());
        assertTrue(catalogue.pairs().find("q").isEmpty());
    }

    @Test
    void aPairsFieldsAreNamedAsInItsRequest() {
        InvalidRunException e = assertThrows(
                InvalidRunException.class, () -> pairs.create("x".repeat(51), "splits/s", TrainingRecipe.getDefaultInstance(), null));
        assertEquals(
                List.of("pair_id", "recipe.epochs", "split"), e.violations().getFieldViolationsList().stream().map(v -> v.getField()).toList());
        InvalidRunException unknown = assertThrows(InvalidRunException.class, () -> pairs.create(null, "splits/s", RECIPE, null));
        assertEquals("split: splits/s does not exist", unknown.getMessage());
    }

    @Test
    void theSamePairTwiceIsOneAndAnotherOfItsNameAConflict() {
        makeSplit();
        pairs.create("p", "splits/s", RECIPE, null);
        assertEquals("p", pairs.create("p", "splits/s", RECIPE, null).id());
        assertThrows(ConflictException.class, () -> pairs.create("p", "splits/s", RECIPE.toBuilder().setEpochs(3).build(), null));
    }

    private void makeSplit() {
        submission.submit(RunSpec.newBuilder().setRegisterDataset(RegisterDatasetSpec.getDefaultInstance()).build(), "d", null);
        submission.submit(
                RunSpec.newBuilder().setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/d")).build(), "s", null);
    }

    private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> answers = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                answers.add(pool.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
        }
        List<T> results = new ArrayList<>();
        for (Future<T> answer : answers) {
            results.add(answer.get());
        }
        return results;
    }
}
