package dev.engram.attack.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStateException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.StatusMapping;
import dev.engram.store.catalogue.NewRun;
import dev.engram.testing.LaptopStore;
import dev.engram.testing.PastRuns;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateTracedPruningRequest;
import dev.engram.v1.CreateTracedPruningResponse;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.EditEncoderRequest;
import dev.engram.v1.ListOwnedUnitsRequest;
import dev.engram.v1.ListOwnedUnitsResponse;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TracedPruningPlan;
import dev.engram.v1.TracedPruningSpec;
import dev.engram.v1.UnitMemSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracedPruningOrdersTest {
    private static final ResolvedPair PAIR = new ResolvedPair("pairs/p", "encoders/p-f", "encoders/p-g", "splits/s", "datasets/d");
    private static final TracedPruningPlan PLAN = TracedPruningPlan.newBuilder()
            .setDejaVu("runs/attack").setUnitMem("runs/u").setControls(2).setSeed(5).setLeastUnitMem(0.5).addLayers("conv1").build();

    @TempDir
    Path folder;

    private LaptopStore store;
    private FakeServices services;
    private TracedPruningOrders orders;

    @BeforeEach
    void start() throws Exception {
        store = new LaptopStore(folder.resolve("store"));
        PastRuns past = new PastRuns(store.store());
        past.queuedPair(PAIR, 100);
        past.made("runs/attack", dejaVu(DejaVuSpec.newBuilder().setK(7).setCosine(true).addReplicates("pairs/q")), attack("mmcxuu" + "mu", true));
        past.made("runs/unprobed", dejaVu(DejaVuSpec.newBuilder()), attack("mmcxuu" + "mu", false));
        past.made("runs/nothing", dejaVu(DejaVuSpec.newBuilder()), attack("cccxuu" + "mu", true));
        past.made("runs/logits", dejaVu(DejaVuSpec.newBuilder().addCuts("logits")), attack("mmcxuu" + "mu", true));
        past.made("runs/u", RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/p")).build(), Map.of());
        past.made("runs/v", RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/p").setReference(true)).build(), Map.of());
        services = new FakeServices();
        RunSubmission submission = new RunSubmission(store.store().catalogue(), RunTasks.load());
        orders = new TracedPruningOrders(submission, new Resources(store.store().catalogue()), store.store(), services);
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    @Test
    void anEncoderWithoutTheUnitsOthersForComparisonAndARunThatWaitsForTheirAttacks() {
        CreateTracedPruningResponse made = orders.create(request("x", PLAN));
        assertEquals("runs/x", made.getRun());
        assertEquals(List.of(10L, 11L), made.getImagesList(), "memorized candidates");
        assertEquals("runs/attack", made.getBefore(), "it had probes already");
        assertEquals(List.of("x-pruned", "x-random-1", "x-random-2"), services.edits.stream().map(EditEncoderRequest::getEncoderId).toList());
        PruneUnits pruned = services.edits.getFirst().getSpec().getPrune();
        assertEquals(PruneUnits.By.OWNED, pruned.getBy());
        assertEquals(List.of(10L, 11L), pruned.getImagesList());
        assertEquals(List.of("runs/u", "conv1", 0.5), List.of(pruned.getUnitMem(), pruned.getLayers(0), pruned.getLeastUnitMem()));
        assertEquals(
                List.of(5L, 6L), services.edits.stream().skip(1).map(edit -> edit.getSpec().getPrune().getSeed()).toList());
        CreatePairRequest pair = services.pairs.getFirst();
        assertEquals(List.of("x-pruned", "splits/s", "encoders/x-pruned", "encoders/p-g"),
                List.of(pair.getPairId(), pair.getSplit(), pair.getCandidate(), pair.getReference()));
        DejaVuSpec attack = spec("x-random-2-attack").getDejaVu();
        assertEquals(
                DejaVuSpec.newBuilder().setPair("pairs/x-random-2").setK(7).setCosine(true).setProbeControl(true).build(), attack, "as before, alone");
        TracedPruningSpec spec = spec("x").getTracedPruning();
        assertEquals(made.getPruned(), spec.getPruned());
        assertEquals(made.getControlsList(), spec.getControlsList());
        List<String> waits = store.store().catalogue().runs().find("x").orElseThrow().dependencies();
        assertTrue(waits.containsAll(List.of("attack", "u", "x-pruned", "x-pruned-attack", "x-random-1-attack", "x-random-2-attack")), waits::toString);
    }

    @Test
    void sentAgainItIsTheSameAlsoAfterItBrokeOff() {
        CreateTracedPruningRequest nameless = request("", PLAN).toBuilder().setRequestId("mine").build();
        services.failAfterPairs = 1;
        assertThrows(IllegalStateException.class, () -> orders.create(nameless));
        services.failAfterPairs = Integer.MAX_VALUE;
        CreateTracedPruningResponse first = orders.create(nameless);
        assertTrue(first.getRun().matches("runs/traced-[0-9a-f]{12}"), first.getRun());
        assertEquals(first, orders.create(nameless));
        assertEquals(3, services.edits.size());
    }

    @Test
    void anAttackWithoutProbesIsRepeatedOnThePairAsItIs() {
        assertEquals("runs/x-before-attack", orders.create(request("x", PLAN.toBuilder().setDejaVu("runs/unprobed").build())).getBefore());
        DejaVuSpec before = spec("x-before-attack").getDejaVu();
        assertEquals(List.of("pairs/p", true), List.of(before.getPair(), before.getProbeControl()));
    }

    @Test
    void theReferenceIsTracedByAUnitMemOfIt() {
        CreateTracedPruningResponse made = orders.create(request("x", PLAN.toBuilder().setUnitMem("runs/v").build()));
        assertEquals(List.of(20L), made.getImagesList());
        assertEquals("encoders/p-g", services.edits.getFirst().getSpec().getSource());
        assertEquals(List.of("encoders/p-f", "encoders/x-pruned"),
                List.of(services.pairs.getFirst().getCandidate(), services.pairs.getFirst().getReference()));
    }

    @Test
    void onlyToSayWhatItWouldBeAboutStartsNothing() {
        CreateTracedPruningResponse said =
                orders.create(request("x", PLAN.toBuilder().setMostImages(1).build()).toBuilder().setValidateOnly(true).build());
        assertEquals(List.of(10L), said.getImagesList());
        assertEquals(1, said.getUnits().getOwned());
        assertEquals("", said.getRun());
        assertEquals(List.of(), services.edits);
    }

    @Test
    void whatIsRefusedHasStartedNothing() {
        assertEquals(
                List.of("run_id", "plan.deja_vu", "plan.unit_mem", "plan.crop", "plan.images[1]", "plan.most_images", "plan.controls"),
                wrong(request("Not-An-Id", TracedPruningPlan.newBuilder()
                        .setUnitMem("pairs/p").setCrop(-1).addImages(1).addImages(1).setMostImages(3).setControls(9).build())));
        assertEquals(List.of("plan.deja_vu", "plan.unit_mem"), wrong(request("x", PLAN.toBuilder().setDejaVu("runs/u").setUnitMem("runs/attack").build())));
        assertEquals(List.of("plan.deja_vu"), wrong(request("x", PLAN.toBuilder().setDejaVu("runs/logits").build())));
        assertEquals(List.of("plan.crop"), wrong(request("x", PLAN.toBuilder().setCrop(3).build())));
        assertEquals(List.of("plan.crop"), wrong(request("x", PLAN.toBuilder().setDejaVu("runs/nothing").build())));
        assertEquals(List.of("plan.images[1]"), wrong(request("x", PLAN.toBuilder().addImages(15).addImages(20).build())));
        assertEquals(List.of("plan.images"), wrong(request("x", PLAN.toBuilder().addImages(15).build())), "owns nothing");
        assertEquals(List.of("plan.layers"), wrong(request("x", PLAN.toBuilder().addLayers("nowhere").build())));
        store.store().catalogue().runs().create(
                new NewRun("waiting", Optional.empty(), "deja_vu", RunSpecs.toJson(dejaVu(DejaVuSpec.newBuilder())), List.of()));
        assertThrows(RunStateException.class, () -> orders.create(request("x", PLAN.toBuilder().setDejaVu("runs/waiting").build())));
        assertEquals(List.of(), services.edits);
        assertEquals(Optional.empty(), store.store().catalogue().runs().find("x"));
    }

    private RunSpec spec(String run) {
        return RunSpecs.parse(store.store().catalogue().runs().find(run).orElseThrow().spec());
    }

    private Map<String, Path> attack(String cells, boolean probed) throws Exception {
        Path files = StoredAttack.write(folder.resolve(cells + probed), cells, "+++++");
        if (!probed) {
            Files.delete(files.resolve("probes.csv"));
        }
        return Map.of("result", files);
    }

    private List<String> wrong(CreateTracedPruningRequest request) {
        return assertThrows(InvalidRunException.class, () -> orders.create(request)).violations().getFieldViolationsList().stream()
                .map(BadRequest.FieldViolation::getField)
                .toList();
    }

    private static CreateTracedPruningRequest request(String id, TracedPruningPlan plan) {
        return CreateTracedPruningRequest.newBuilder().setRunId(id).setPlan(plan).build();
    }

    private static RunSpec dejaVu(DejaVuSpec.Builder spec) {
        return RunSpec.newBuilder().setDejaVu(spec.setPair("pairs/p")).build();
    }

    /** Images 10, 11 and 20 own a unit each. What is made is put into the catalogue, where the runs that follow look for it. */
    private final class FakeServices implements TracedServices {
        final List<EditEncoderRequest> edits = new ArrayList<>();
        final List<CreatePairRequest> pairs = new ArrayList<>();
        int failAfterPairs = Integer.MAX_VALUE;

        @Override
        public ListOwnedUnitsResponse ownedUnits(ListOwnedUnitsRequest request) {
            if (request.getLayersList().contains("nowhere")) {
                FieldViolations violations = new FieldViolations();
                violations.add("layers", "there is no layer nowhere");
                throw StatusMapping.invalid(violations);
            }
            return ListOwnedUnitsResponse.newBuilder()
                    .setOwned((int) request.getImagesList().stream().filter(List.of(10L, 11L, 20L)::contains).count())
                    .build();
        }

        @Override
        public void editEncoder(EditEncoderRequest request) {
            if (edits.contains(request)) {
                return;
            }
            edits.add(request);
            RunSpec spec = RunSpec.newBuilder().setEditEncoder(request.getSpec()).build();
            store.store().catalogue().runs().create(
                    new NewRun(request.getEncoderId(), Optional.empty(), "edit_encoder", RunSpecs.toJson(spec), List.of()));
        }

        @Override
        public void createPair(CreatePairRequest request) {
            if (pairs.contains(request)) {
                return;
            }
            if (pairs.size() >= failAfterPairs) {
                throw new IllegalStateException("the service is gone");
            }
            pairs.add(request);
            store.store().catalogue().pairs().create(
                    request.getPairId(), Optional.empty(), "s", request.getCandidate().substring(9), request.getReference().substring(9));
        }
    }
}
