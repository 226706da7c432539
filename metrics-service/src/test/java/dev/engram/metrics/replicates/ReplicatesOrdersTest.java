package dev.engram.metrics.replicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.StatusMapping;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.testing.LaptopStore;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateReplicatesRequest;
import dev.engram.v1.CreateReplicatesResponse;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.ReplicatesPlan;
import dev.engram.v1.ReplicatesSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.UnitMemSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicatesOrdersTest {
    private static final ReplicatesPlan PLAN = ReplicatesPlan.newBuilder()
            .setSplit("splits/s")
            .setRecipe(TrainingRecipe.newBuilder().setNetwork("resnet9"))
            .addSeeds(1)
            .addSeeds(7)
            .setLayerMem(LayerMemSpec.newBuilder().setViews(4))
            .setProbe(ProbeSpec.newBuilder().setK(5))
            .build();

    @TempDir
    Path folder;

    private LaptopStore store;
    private FakeServices services;
    private ReplicatesOrders orders;

    @BeforeEach
    void start() throws Exception {
        store = new LaptopStore(folder);
        services = new FakeServices();
        orders = new ReplicatesOrders(new RunSubmission(store.store().catalogue(), RunTasks.load()), services);
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    @Test
    void onePairASeedItsMeasuresAndARunThatWaitsForThem() {
        CreateReplicatesResponse made = orders.create(request("x", "", PLAN));
        assertEquals("runs/x", made.getRun());
        assertEquals(List.of("pairs/x-s1", "pairs/x-s7"), made.getPairsList());
        List<String> measures = List.of("runs/x-s1-layer-mem", "runs/x-s1-probe", "runs/x-s7-layer-mem", "runs/x-s7-probe");
        assertEquals(measures, made.getMeasuresList());
        assertEquals(List.of(1L, 7L), services.pairs.stream().map(pair -> pair.getRecipe().getSeed()).toList());
        RunRecord run = store.store().catalogue().runs().find("x").orElseThrow();
        assertEquals(measures.stream().map(name -> name.substring(5)).sorted().toList(), run.dependencies().stream().sorted().toList());
    }

    @Test
    void sentAgainItIsTheSame() {
        CreateReplicatesRequest nameless = request("", "my-request", PLAN);
        CreateReplicatesResponse first = orders.create(nameless);
        assertTrue(first.getRun().matches("runs/replicates-[0-9a-f]{12}"), first.getRun());
        assertEquals(first, orders.create(nameless));
        assertEquals(4, services.measures.size());
    }

    @Test
    void brokenOffInTheMiddleItIsCompletedByTheSameRequest() {
        services.failAfterPairs = 1;
        assertThrows(IllegalStateException.class, () -> orders.create(request("x", "", PLAN)));
        services.failAfterPairs = Integer.MAX_VALUE;
        assertEquals(4, orders.create(request("x", "", PLAN)).getMeasuresCount());
        assertEquals(4, services.measures.size());
    }

    @Test
    void aWrongMeasureIsRefusedBeforeAnyPairIsMade() {
        ReplicatesPlan wrong = PLAN.toBuilder()
                .setLayerMem(LayerMemSpec.newBuilder().setViews(1))
                .setProbe(ProbeSpec.newBuilder().setK(-1))
                .build();
        assertEquals(List.of("plan.layer_mem.views", "plan.probe.k"), wrong(request("x", "", wrong)));
        assertEquals(List.of(), services.pairs);
    }

    @Test
    void aWrongRecipeIsNamedByItsPath() {
        ReplicatesPlan wrong = PLAN.toBuilder().setRecipe(TrainingRecipe.newBuilder().setNetwork("none")).build();
        assertEquals(List.of("plan.recipe.network"), wrong(request("x", "", wrong)));
        assertTrue(services.measures.isEmpty());
    }

    @Test
    void allProblemsOfAPlanAtOnce() {
        ReplicatesPlan wrong = ReplicatesPlan.newBuilder()
                .setRecipe(TrainingRecipe.newBuilder().setSeed(3))
                .addSeeds(-1)
                .setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/y"))
                .build();
        assertEquals(
                List.of("run_id", "plan.split", "plan.recipe.seed", "plan.seeds", "plan.seeds[0]", "plan.unit_mem.pair"),
                wrong(request("Not-An-Id", "", wrong)));
        assertEquals(List.of("plan"), wrong(CreateReplicatesRequest.getDefaultInstance()));
        assertEquals(List.of("plan.seeds[2]"), wrong(request("x", "", PLAN.toBuilder().addSeeds(7).build())));
    }

    @Test
    void aSpecNamesMeasuresThatAreThere() {
        ReplicatesSpec.Builder spec = ReplicatesSpec.newBuilder();
        spec.addReplicatesBuilder().setSeed(1).setLayerMem("runs/a");
        spec.addReplicatesBuilder().setSeed(1).setLayerMem("runs/a").setProbe("pairs/b");
        CreateReplicatesRequest request = CreateReplicatesRequest.newBuilder().setSpec(spec).build();
        assertEquals(
                new TreeSet<>(List.of(
                        "spec.replicates[0].layer_mem", "spec.replicates[1].seed", "spec.replicates[1]",
                        "spec.replicates[1].layer_mem", "spec.replicates[1].probe")),
                new TreeSet<>(wrong(request)));
    }

    private List<String> wrong(CreateReplicatesRequest request) {
        return assertThrows(InvalidRunException.class, () -> orders.create(request)).violations().getFieldViolationsList().stream()
                .map(BadRequest.FieldViolation::getField)
                .toList();
    }

    private static CreateReplicatesRequest request(String id, String requestId, ReplicatesPlan plan) {
        return CreateReplicatesRequest.newBuilder().setRunId(id).setRequestId(requestId).setPlan(plan).build();
    }

    /** Services with two rules each; a measure's run is put into the catalogue, where the last run of a plan looks for it. */
    private final class FakeServices implements ReplicateServices {
        final List<CreatePairRequest> pairs = new ArrayList<>();
        final TreeSet<String> measures = new TreeSet<>();
        int failAfterPairs = Integer.MAX_VALUE;

        @Override
        public void createPair(CreatePairRequest request) {
            if (!request.getRecipe().getNetwork().equals("resnet9")) {
                throw StatusMapping.invalid(violation("recipe.network", "is unknown"));
            }
            if (pairs.contains(request)) {
                return;
            }
            if (pairs.size() >= failAfterPairs) {
                throw new IllegalStateException("the service is gone");
            }
            pairs.add(request);
        }

        @Override
        public void createMeasure(RunSpec spec, String runId) {
            FieldViolations violations = new FieldViolations();
            String pair = spec.hasProbe() ? spec.getProbe().getPair() : spec.getLayerMem().getPair();
            violations.require(pairs.stream().anyMatch(made -> pair.equals("pairs/" + made.getPairId())), "spec.pair", pair + " does not exist");
            violations.require(!spec.hasProbe() || spec.getProbe().getK() > 0, "spec.k", "must be positive");
            violations.require(!spec.hasLayerMem() || spec.getLayerMem().getViews() > 1, "spec.views", "must be 2 or more");
            if (!violations.isEmpty()) {
                throw spec.hasProbe() ? StatusMapping.invalid(violations) : new InvalidRunException(violations);
            }
            if (measures.add(runId)) {
                store.store().catalogue().runs().create(new NewRun(runId, Optional.empty(), "layer_mem", "{}", List.of()));
            }
        }

        private FieldViolations violation(String field, String description) {
            FieldViolations violations = new FieldViolations();
            violations.add(field, description);
            return violations;
        }
    }
}
