package dev.engram.attack.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.ResolvedPair;
import dev.engram.runs.grpc.StatusMapping;
import dev.engram.testing.LaptopStore;
import dev.engram.testing.PastRuns;
import dev.engram.v1.AttackPreset;
import dev.engram.v1.AttackRun;
import dev.engram.v1.AttackServiceGrpc;
import dev.engram.v1.AttackSweepPlan;
import dev.engram.v1.AttackSweepSpec;
import dev.engram.v1.CreateAttackSweepRequest;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateOneModelRequest;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.GetAttackSweepResultRequest;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.ListAttackPresetsRequest;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.SweptAttack;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.function.Executable;

/** AttackService as a client meets it, before and after the store has made its tables. */
@QuarkusTest
@QuarkusTestResource(UnpreparedStore.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttackGrpcTest {
    private static final ResolvedPair PAIR = new ResolvedPair("pairs/p", "encoders/p-f", "encoders/p-g", "splits/s", "datasets/d");

    @TestHTTPResource
    URI address;

    @UnpreparedStore.Here
    LaptopStore store;

    private ManagedChannel channel;
    private AttackServiceGrpc.AttackServiceBlockingStub attacks;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort()).usePlaintext().build();
        attacks = AttackServiceGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.MINUTES);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    @Order(1)
    void whileTheStoreHasNoTablesItIsUnavailableInPlainWords() {
        Status status = fails(() -> attacks.createDejaVu(request("a", DejaVuSpec.newBuilder()))).getStatus();
        assertEquals(Status.Code.UNAVAILABLE, status.getCode());
        assertEquals("the catalogue is not ready: the artifact store has not made its tables yet, or an older version of it did", status.getDescription());
        assertEquals(Status.Code.UNAVAILABLE, fails(() -> attacks.getDejaVuResult(result("runs/a"))).getStatus().getCode());
        store.prepare();
        new PastRuns(store.store()).queuedPair(PAIR, 100);
    }

    @Test
    @Order(2)
    void anAttackIsQueuedOnceForOneRequest() {
        CreateDejaVuRequest request = request("a", DejaVuSpec.newBuilder()).toBuilder().setRequestId("one").build();
        assertEquals("runs/a", attacks.createDejaVu(request).getRun());
        assertEquals("runs/a", attacks.createDejaVu(request).getRun());
        Status other = fails(() -> attacks.createDejaVu(request("a", DejaVuSpec.newBuilder().setK(7)))).getStatus();
        assertEquals(Status.Code.ALREADY_EXISTS, other.getCode());
    }

    @Test
    @Order(3)
    void everyInvalidFieldComesAsAViolation() {
        assertEquals(List.of("run_id", "spec.cuts[0]", "spec.k"), violations(() -> attacks.createDejaVu(
                request("No Id", DejaVuSpec.newBuilder().setK(-1).addCuts("")))));
        assertEquals(List.of("spec.pair"), violations(() -> attacks.createDejaVu(CreateDejaVuRequest.newBuilder()
                .setSpec(DejaVuSpec.newBuilder().setPair("pairs/nobody")).build())));
        assertEquals(List.of("run", "cell"), violations(() -> attacks.listAttackedImages(
                ListAttackedImagesRequest.newBuilder().setRun("a").setCell("all").build())));
    }

    @Test
    @Order(4)
    void aResultThatIsNotThereHasItsCode() {
        assertEquals(Status.Code.FAILED_PRECONDITION, fails(() -> attacks.getDejaVuResult(result("runs/a"))).getStatus().getCode());
        Status missing = fails(() -> attacks.getDejaVuResult(result("runs/nobody"))).getStatus();
        assertEquals(Status.Code.NOT_FOUND, missing.getCode());
        assertTrue(missing.getDescription().contains("runs/nobody"), missing.getDescription());
    }

    /** Completed by a pair, each is queued as it was listed. */
    @Test
    @Order(5)
    void whatAPresetSaysCanBeAskedFor() {
        List<AttackPreset> presets = attacks.listAttackPresets(ListAttackPresetsRequest.getDefaultInstance()).getPresetsList();
        assertEquals(
                List.of("deja-vu", "corner", "corner-sizes", "projector-and-backbone", "probe-beside", "supervised", "one-model", "one-model-corner", "one-model-five-tags"),
                presets.stream().map(AttackPreset::getId).toList());
        for (AttackPreset preset : presets) {
            String id = "by-" + preset.getId();
            AttackRun run = preset.hasDejaVu()
                    ? attacks.createDejaVu(request(id, preset.getDejaVu().toBuilder()))
                    : attacks.createOneModel(CreateOneModelRequest.newBuilder()
                            .setRunId(id)
                            .setSpec(preset.getOneModel().toBuilder().setPair(PAIR.name()))
                            .build());
            assertEquals("runs/" + id, run.getRun());
        }
    }

    /** The trainer is no part of this process. */
    @Test
    @Order(6)
    void aSweepAsksTheTrainerAndSaysWhereItLooked() {
        CreateAttackSweepRequest plan = CreateAttackSweepRequest.newBuilder().setPlan(AttackSweepPlan.newBuilder().setSplit("splits/s")).build();
        Status away = fails(() -> attacks.createAttackSweep(plan)).getStatus();
        assertEquals(Status.Code.UNAVAILABLE, away.getCode());
        assertTrue(away.getDescription().contains("engram.trainer.host"), away.getDescription());
        CreateAttackSweepRequest there = CreateAttackSweepRequest.newBuilder()
                .setRunId("sweep")
                .setSpec(AttackSweepSpec.newBuilder().addAttacks(SweptAttack.newBuilder().setDejaVu("runs/a")))
                .build();
        assertEquals("runs/sweep", attacks.createAttackSweep(there).getRun());
        GetAttackSweepResultRequest result = GetAttackSweepResultRequest.newBuilder().setRun("runs/sweep").build();
        assertEquals(Status.Code.FAILED_PRECONDITION, fails(() -> attacks.getAttackSweepResult(result)).getStatus().getCode());
    }

    private static CreateDejaVuRequest request(String id, DejaVuSpec.Builder spec) {
        return CreateDejaVuRequest.newBuilder().setRunId(id).setSpec(spec.setPair(PAIR.name())).build();
    }

    private static GetDejaVuResultRequest result(String run) {
        return GetDejaVuResultRequest.newBuilder().setRun(run).build();
    }

    private static StatusRuntimeException fails(Executable call) {
        return assertThrows(StatusRuntimeException.class, call);
    }

    private static List<String> violations(Executable call) {
        StatusRuntimeException failure = fails(call);
        assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
        return StatusMapping.violations(failure).getFieldViolationsList().stream().map(violation -> violation.getField()).toList();
    }
}
