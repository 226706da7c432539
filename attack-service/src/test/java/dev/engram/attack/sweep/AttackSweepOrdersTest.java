package dev.engram.attack.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.StatusMapping;
import dev.engram.store.ConflictException;
import dev.engram.store.catalogue.NewRun;
import dev.engram.testing.LaptopStore;
import dev.engram.v1.AttackSweepPlan;
import dev.engram.v1.AttackSweepSpec;
import dev.engram.v1.BoxPartition;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.CreateAttackSweepRequest;
import dev.engram.v1.CreateAttackSweepResponse;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.Split;
import dev.engram.v1.SplitSummary;
import dev.engram.v1.SweepAxis;
import dev.engram.v1.SweptAttack;
import dev.engram.v1.TrainingRecipe;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttackSweepOrdersTest {
    private static final AttackSweepPlan PLAN = AttackSweepPlan.newBuilder()
            .setSplit("splits/s")
            .setRecipe(TrainingRecipe.newBuilder().setNetwork("resnet9").setEpochs(3).setTemperature(0.5).putObjectiveOptions("temperature", 0.5))
            .build();

    @TempDir
    Path folder;

    private LaptopStore store;
    private FakeServices services;
    private AttackSweepOrders orders;

    @BeforeEach
    void start() throws Exception {
        store = new LaptopStore(folder);
        services = new FakeServices();
        orders = new AttackSweepOrders(new RunSubmission(store.store().catalogue(), RunTasks.load()), store.store().catalogue(), services);
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    @Test
    void aPairForEachSettingAndSeedItsAttackAndARunThatWaitsForThem() {
        AttackSweepPlan grid = PLAN.toBuilder()
                .addAxes(axis("objective_options.temperature", "0.1", "0.2"))
                .addAxes(axis("projector", "64", "256-32"))
                .addSeeds(4)
                .addSeeds(9)
                .setDejaVu(DejaVuSpec.newBuilder().setK(7))
                .build();
        CreateAttackSweepResponse made = orders.create(request("x", "", grid));
        assertEquals("runs/x", made.getRun());
        assertEquals(
                List.of("x-p1-s4", "x-p1-s9", "x-p2-s4", "x-p2-s9", "x-p3-s4", "x-p3-s9", "x-p4-s4", "x-p4-s9"),
                List.copyOf(services.pairs.keySet()));
        TrainingRecipe third = services.pairs.get("x-p3-s9").getRecipe();
        assertEquals(0.2, third.getObjectiveOptionsOrThrow("temperature"));
        assertFalse(third.hasTemperature(), "the recipe's own temperature is another");
        assertEquals(List.of(64), third.getProjectorList());
        assertEquals(List.of(256, 32), services.pairs.get("x-p4-s9").getRecipe().getProjectorList());
        assertEquals(9, third.getSeed());
        DejaVuSpec attack = services.attacks.get("x-p3-s9-deja-vu").getSpec();
        assertEquals(DejaVuSpec.newBuilder().setPair("pairs/x-p3-s9").setK(7).setProbeControl(true).build(), attack);
        assertEquals(made.getAttacksList().stream().map(name -> name.substring(5)).sorted().toList(),
                store.store().catalogue().runs().find("x").orElseThrow().dependencies().stream().sorted().toList());
    }

    @Test
    void sizesOfTheDataAreSplitsOfOneSeries() {
        CreateAttackSweepResponse made = orders.create(request("x", "", PLAN.toBuilder().addAxes(axis("training_images", "60", "150")).build()));
        assertEquals(List.of("splits/x-n60", "splits/x-n150"), made.getSplitsList());
        CreateSplitSpec base = services.known.get("splits/s").getSpec();
        assertEquals(base.toBuilder().setShared(10).setLargestShared(100).build(), services.splits.get("x-n60").getSpec());
        assertEquals(base.toBuilder().setShared(100).setLargestShared(100).build(), services.splits.get("x-n150").getSpec());
        assertEquals("splits/x-n60", services.pairs.get("x-p1-s0").getSplit());
    }

    /** The published sweep: so many images a class, the public set that of the largest. */
    @Test
    void sizesOfASplitOfBoxesAreImagesOfAClass() {
        orders.create(request("x", "", PLAN.toBuilder().setSplit("splits/queued").addAxes(axis("per_class", "3", "9")).build()));
        assertEquals(
                BoxPartition.newBuilder().setPerClass(3).setPublicPerClass(9).setExternalPerClass(2).build(),
                services.splits.get("x-n3").getSpec().getPartition());
        assertEquals("splits/x-n9", services.pairs.get("x-p2-s0").getSplit());
    }

    @Test
    void splitsMayBeNamed() {
        orders.create(request("x", "", PLAN.toBuilder().clearSplit().addAxes(axis("split", "splits/s", "splits/boxes")).build()));
        assertEquals("splits/boxes", services.pairs.get("x-p2-s0").getSplit());
    }

    @Test
    void withoutAnAxisThereIsOnePoint() {
        assertEquals(List.of("pairs/x-p1-s0"), orders.create(request("x", "", PLAN)).getPairsList());
    }

    @Test
    void sentAgainItIsTheSameAndOfOtherContentItIsRefusedWithNothingStarted() {
        AttackSweepPlan plan = PLAN.toBuilder().addAxes(axis("epochs", "2", "4")).build();
        CreateAttackSweepRequest nameless = request("", "my-request", plan);
        CreateAttackSweepResponse first = orders.create(nameless);
        assertTrue(first.getRun().matches("runs/sweep-[0-9a-f]{12}"), first.getRun());
        assertEquals(first, orders.create(nameless));
        assertEquals(2, services.attacks.size());
        AttackSweepPlan longer = plan.toBuilder().setAxes(0, axis("epochs", "2", "4", "8")).build();
        assertThrows(ConflictException.class, () -> orders.create(request(first.getRun().substring(5), "", longer)));
        assertEquals(2, services.pairs.size());
    }

    @Test
    void brokenOffInTheMiddleItIsCompletedByTheSameRequest() {
        AttackSweepPlan plan = PLAN.toBuilder().addAxes(axis("epochs", "2", "4")).build();
        services.failAfterPairs = 1;
        assertThrows(IllegalStateException.class, () -> orders.create(request("x", "", plan)));
        services.failAfterPairs = Integer.MAX_VALUE;
        assertEquals(2, orders.create(request("x", "", plan)).getAttacksCount());
        assertEquals(2, services.attacks.size());
    }

    /** The trainer refuses epochs below 1 and an unknown network: of every point, before the first is made. */
    @Test
    void recipesOfAllPointsAreCheckedBeforeAnyPairIsMade() {
        AttackSweepPlan wrong = PLAN.toBuilder()
                .setRecipe(PLAN.getRecipe().toBuilder().setNetwork("none"))
                .addAxes(axis("epochs", "2", "0", "-1"))
                .build();
        assertEquals(
                List.of("plan.recipe.network: is unknown", "plan.axes[0].values[1]: must be at least 1, is 0", "plan.axes[0].values[2]: must be at least 1, is -1"),
                problems(request("x", "", wrong)));
        AttackSweepPlan some = PLAN.toBuilder().addAxes(axis("network", "resnet9", "vit")).build();
        assertEquals(List.of("plan.axes[0].values[1]: is unknown"), problems(request("x", "", some)));
        AttackSweepPlan batches = PLAN.toBuilder()
                .setRecipe(PLAN.getRecipe().toBuilder().setBatchSize(100))
                .addAxes(axis("training_images", "150", "60"))
                .build();
        assertEquals(
                List.of("plan.recipe.batch_size: with training_images 60: must be at most 60, is 100"), problems(request("x", "", batches)));
        assertTrue(services.pairs.isEmpty() && services.splits.isEmpty() && services.attacks.isEmpty());
    }

    @Test
    void allProblemsOfAPlanAtOnce() {
        AttackSweepPlan wrong = AttackSweepPlan.newBuilder()
                .setRecipe(TrainingRecipe.newBuilder().setSeed(3))
                .addAxes(axis("seed", "1", "2"))
                .addAxes(axis("epochs", "many"))
                .addAxes(axis("training_images", "60", "100"))
                .addSeeds(-1)
                .addSeeds(5)
                .addSeeds(5)
                .setDejaVu(DejaVuSpec.newBuilder().setPair("pairs/y").addReplicates("pairs/z").setK(-2).addCrops(
                        Crop.newBuilder().setCorner(CornerCrop.newBuilder().setFraction(2))))
                .build();
        assertEquals(
                List.of(
                        "run_id", "plan.split", "plan.recipe.seed", "plan.seeds[0]", "plan.seeds[2]", "plan.deja_vu.pair", "plan.deja_vu.replicates",
                        "plan.deja_vu.crops[0].corner.fraction", "plan.deja_vu.k", "plan.axes", "plan.axes[0].field", "plan.axes[1].values",
                        "plan.axes[1].values[0]"),
                fields(request("Not-An-Id", "", wrong)));
        assertEquals(List.of("plan"), fields(CreateAttackSweepRequest.getDefaultInstance()));
    }

    @Test
    void splitsThatCannotBeAttackedOrChangedAreRefused() {
        assertEquals(List.of("plan.split: splits/none does not exist"), problems(request("x", "", PLAN.toBuilder().setSplit("splits/none").build())));
        assertTrue(problems(request("x", "", PLAN.toBuilder().setSplit("splits/private").build())).getFirst().contains("has no public set"));
        AttackSweepPlan sized = PLAN.toBuilder().addAxes(axis("training_images", "60", "150")).build();
        assertEquals(
                List.of("plan.axes[0].values[0]", "plan.axes[0].values[1]"),
                fields(request("x", "", sized.toBuilder().setSplit("splits/boxes").build())));
        assertEquals(
                List.of("plan.axes[0].values[0]", "plan.axes[0].values[1]"),
                fields(request("x", "", PLAN.toBuilder().addAxes(axis("per_class", "5", "6")).build())));
        assertEquals(
                List.of("plan.axes", "plan.axes[0].values[0]", "plan.axes[0].values[1]", "plan.axes[1].values[0]"),
                fields(request("x", "", sized.toBuilder().setSplit("splits/boxes").addAxes(axis("per_class", "0", "6")).build())));
        assertEquals(
                List.of("plan.axes[0].values[0]: must be a whole number, at least the 50 candidates of splits/s, is \"49\""),
                problems(request("x", "", PLAN.toBuilder().addAxes(axis("training_images", "49", "150")).build())));
        assertEquals(
                List.of("plan.split", "plan.axes", "plan.axes[0].values[1]"),
                fields(request("x", "", PLAN.toBuilder().addAxes(axis("split", "splits/s", "splits/none")).addAxes(axis("training_images", "60", "150")).build())));
    }

    @Test
    void twoSettingsThatAreOneAreRefused() {
        AttackSweepPlan twice = PLAN.toBuilder().addAxes(axis("network", "resnet9", "resnet18")).addAxes(axis("temperature", "0.1", "0.2", "0.10")).build();
        assertEquals(List.of("plan.axes[1].values[2]: is the same as 0.1"), problems(request("x", "", twice)));
    }

    @Test
    void aSpecNamesAttacksThatAreThere() {
        AttackSweepSpec spec = AttackSweepSpec.newBuilder().addAttacks(SweptAttack.newBuilder().setDejaVu("runs/nobody")).build();
        assertEquals(
                List.of("spec.attacks[0].deja_vu: runs/nobody does not exist"),
                problems(CreateAttackSweepRequest.newBuilder().setSpec(spec).build()));
    }

    private List<String> fields(CreateAttackSweepRequest request) {
        return violations(request).stream().map(BadRequest.FieldViolation::getField).toList();
    }

    private List<String> problems(CreateAttackSweepRequest request) {
        return violations(request).stream().map(violation -> violation.getField() + ": " + violation.getDescription()).toList();
    }

    private List<BadRequest.FieldViolation> violations(CreateAttackSweepRequest request) {
        return assertThrows(InvalidRunException.class, () -> orders.create(request)).violations().getFieldViolationsList();
    }

    private static SweepAxis axis(String field, String... values) {
        return SweepAxis.newBuilder().setField(field).addAllValues(List.of(values)).build();
    }

    private static CreateAttackSweepRequest request(String id, String requestId, AttackSweepPlan plan) {
        return CreateAttackSweepRequest.newBuilder().setRunId(id).setRequestId(requestId).setPlan(plan).build();
    }

    /** Services with a few rules; an attack's run is put into the catalogue, where the last run of a plan looks for it. */
    private final class FakeServices implements SweepServices {
        final Map<String, Split> known = Map.of(
                "splits/s", Split.newBuilder()
                        .setSpec(CreateSplitSpec.newBuilder().setDataset("datasets/d").setSeed(3).setShared(70).setCandidate(50).setIndependent(50).setExternal(20).setPublicSet(90))
                        .build(),
                "splits/private", Split.newBuilder().setSpec(CreateSplitSpec.newBuilder().setShared(70).setCandidate(50)).build(),
                "splits/queued", Split.newBuilder().setSpec(CreateSplitSpec.newBuilder().setPartition(BoxPartition.newBuilder().setPerClass(5).setExternalPerClass(2))).build(),
                "splits/boxes", Split.newBuilder()
                        .setSpec(CreateSplitSpec.newBuilder().setPartition(BoxPartition.newBuilder().setPerClass(5)))
                        .setSummary(SplitSummary.newBuilder().setShared(20).setCandidate(30).setPublicSet(40))
                        .build());
        final Map<String, CreateSplitRequest> splits = new LinkedHashMap<>();
        final Map<String, CreatePairRequest> pairs = new LinkedHashMap<>();
        final Map<String, CreateDejaVuRequest> attacks = new LinkedHashMap<>();
        int failAfterPairs = Integer.MAX_VALUE;

        @Override
        public Optional<Split> findSplit(String name) {
            return Optional.ofNullable(known.get(name));
        }

        @Override
        public void checkRecipe(TrainingRecipe recipe, int images) {
            FieldViolations violations = new FieldViolations();
            violations.require(recipe.getNetwork().startsWith("resnet"), "recipe.network", "is unknown");
            violations.require(recipe.getEpochs() >= 1, "recipe.epochs", "must be at least 1, is " + recipe.getEpochs());
            violations.require(
                    recipe.getBatchSize() <= images, "recipe.batch_size", "must be at most %d, is %d".formatted(images, recipe.getBatchSize()));
            if (!violations.isEmpty()) {
                throw StatusMapping.invalid(violations);
            }
        }

        @Override
        public void createSplit(CreateSplitRequest request) {
            splits.put(request.getSplitId(), request);
        }

        @Override
        public void createPair(CreatePairRequest request) {
            if (pairs.size() >= failAfterPairs) {
                throw new IllegalStateException("the service is gone");
            }
            pairs.put(request.getPairId(), request);
        }

        @Override
        public void createAttack(CreateDejaVuRequest request) {
            if (attacks.put(request.getRunId(), request) == null) {
                store.store().catalogue().runs().create(new NewRun(request.getRunId(), Optional.empty(), "deja_vu", "{}", List.of()));
            }
        }
    }
}
