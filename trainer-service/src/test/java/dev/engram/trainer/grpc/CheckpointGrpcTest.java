package dev.engram.trainer.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.SafetensorsWriter;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.store.ConflictException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.testing.LaptopStore;
import dev.engram.trainer.SmallPair;
import dev.engram.v1.Architecture;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.CompareEncodersRequest;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.DescribeEncoderRequest;
import dev.engram.v1.DescribeNetworkRequest;
import dev.engram.v1.ExportEncoderRequest;
import dev.engram.v1.GetImportReportRequest;
import dev.engram.v1.ImportEncoderRequest;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.ImportedEncoder;
import dev.engram.v1.InspectCheckpointRequest;
import dev.engram.v1.ListNetworksRequest;
import dev.engram.v1.NetworkFamily;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.smallrye.mutiny.Uni;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What CheckpointService answers without a worker: networks, files looked into, imports begun, refusals. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckpointGrpcTest {
    @TempDir
    static Path home;

    private LaptopStore backend;
    private CheckpointGrpc checkpoints;
    private Path weights;

    @BeforeAll
    void start() throws Exception {
        backend = new LaptopStore(home.resolve("store"));
        RunSubmission submission = new RunSubmission(backend.store().catalogue(), RunTasks.load());
        checkpoints = new CheckpointGrpc(backend.store(), submission);
        answer(new DatasetGrpc(backend.store(), submission)
                .createDataset(CreateDatasetRequest.newBuilder().setDatasetId("d").setSpec(SmallPair.dataset()).build()));
        weights = home.resolve("weights.safetensors");
        try (StateDict state = StateLayout.of(Networks.encoder("resnet9", 3, 32)).initialState(7);
                OutputStream out = Files.newOutputStream(weights)) {
            SafetensorsWriter.write(out, state, Map.of());
        }
    }

    @AfterAll
    void stop() throws Exception {
        backend.close();
    }

    @Test
    void everyNetworkIsListedAndDescribed() {
        assertEquals(Networks.names(), answer(checkpoints.listNetworks(ListNetworksRequest.getDefaultInstance())).getNetworksList().stream()
                .map(NetworkFamily::getName)
                .toList());
        Architecture resnet = answer(checkpoints.describeNetwork(DescribeNetworkRequest.newBuilder().setNetwork("resnet9").build()));
        assertEquals(1_644_672, resnet.getParameters());
        assertEquals("network", fields(() -> answer(checkpoints.describeNetwork(DescribeNetworkRequest.getDefaultInstance()))));
    }

    @Test
    void aFileIsLookedIntoAndNothingIsMade() {
        CheckpointReport report = answer(checkpoints.inspectCheckpoint(
                InspectCheckpointRequest.newBuilder().setSource(path(weights)).build()));
        assertEquals("resnet9", report.getNetwork());
        assertTrue(report.getStrictOk());
        assertEquals(64, report.getSha256().length());
        assertThrows(ObjectNotFoundException.class, () -> answer(checkpoints.inspectCheckpoint(
                InspectCheckpointRequest.newBuilder().setSource(path(home.resolve("none.pt"))).build())));
        assertThrows(ObjectNotFoundException.class, () -> answer(checkpoints.inspectCheckpoint(InspectCheckpointRequest.newBuilder()
                .setSource(CheckpointSource.newBuilder().setObject("s3://engram/none.pt")).build())));
        InvalidRunException misspelled = assertThrows(InvalidRunException.class, () -> answer(checkpoints.inspectCheckpoint(
                InspectCheckpointRequest.newBuilder().setSource(CheckpointSource.newBuilder().setObject("s3://engarm/none.pt")).build())));
        assertEquals(
                "source.object: the object store refused reading none.pt in bucket engarm: there is no such bucket", misspelled.getMessage());
    }

    @Test
    void aFileThatIsNoneIsNamedAsItWasGiven() throws Exception {
        Path text = Files.writeString(home.resolve("letter.pt"), "Dear reader, this is no file of weights at all.");
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> answer(
                checkpoints.inspectCheckpoint(InspectCheckpointRequest.newBuilder().setSource(path(text)).build())));
        assertEquals(Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
        assertTrue(refused.getMessage().contains(text.toString()), refused.getMessage());
    }

    @Test
    void everyInvalidFieldOfAnInspectionIsNamedAtOnce() {
        assertEquals("source.path side network", fields(() -> answer(checkpoints.inspectCheckpoint(InspectCheckpointRequest.newBuilder()
                .setSource(CheckpointSource.newBuilder().setPath("weights.pt")).setNetwork("resnet10").setSide(-1).build()))));
        assertEquals("source network_options", fields(() -> answer(checkpoints.inspectCheckpoint(
                InspectCheckpointRequest.newBuilder().putNetworkOptions("patch", "4").build()))));
        assertEquals("source.object", fields(() -> answer(checkpoints.inspectCheckpoint(InspectCheckpointRequest.newBuilder()
                .setSource(CheckpointSource.newBuilder().setObject("s3:/bucket")).build()))));
    }

    @Test
    void anImportAskedForTwiceIsOneRun() {
        ImportEncoderRequest request = ImportEncoderRequest.newBuilder()
                .setEncoderId("x").setRequestId("once").setSpec(ImportEncoderSpec.newBuilder().setSource(path(weights))).build();
        ImportedEncoder encoder = answer(checkpoints.importEncoder(request));
        assertEquals("encoders/x runs/x", encoder.getEncoder() + " " + encoder.getRun());
        assertEquals(encoder, answer(checkpoints.importEncoder(request)));
        assertThrows(ConflictException.class, () -> answer(checkpoints.importEncoder(
                request.toBuilder().setRequestId("twice").setSpec(request.getSpec().toBuilder().setNetwork("resnet18")).build())));
        assertEquals("encoder_id spec.source spec.augmentation spec.sha256", fields(() -> answer(checkpoints.importEncoder(
                ImportEncoderRequest.newBuilder().setEncoderId("X!")
                        .setSpec(ImportEncoderSpec.newBuilder().setAugmentation("none").setSha256("ab")).build()))));
    }

    @Test
    void whatIsNotReadyIsSaidToBeSo() {
        answer(checkpoints.importEncoder(ImportEncoderRequest.newBuilder()
                .setEncoderId("early").setSpec(ImportEncoderSpec.newBuilder().setSource(path(weights))).build()));
        assertEquals("runs/early has not succeeded, it is QUEUED", notReady(
                () -> answer(checkpoints.getImportReport(GetImportReportRequest.newBuilder().setName("encoders/early").build()))));
        String early = "encoders/early is not ready: runs/early is QUEUED";
        assertEquals(early, notReady(
                () -> answer(checkpoints.describeEncoder(DescribeEncoderRequest.newBuilder().setName("encoders/early").build()))));
        assertEquals(early, notReady(
                () -> answer(checkpoints.exportEncoder(ExportEncoderRequest.newBuilder().setName("encoders/early").build()))));
        assertEquals(early, notReady(() -> answer(checkpoints.compareEncoders(
                CompareEncodersRequest.newBuilder().setFirst("encoders/early").setSecond("encoders/early").build()))));
        assertEquals("runs/d is no import", notReady(
                () -> answer(checkpoints.getImportReport(GetImportReportRequest.newBuilder().setName("runs/d").build()))));
    }

    @Test
    void whatNamesNoEncoderIsRefusedByItsField() {
        assertEquals("name", fields(() -> answer(checkpoints.getImportReport(GetImportReportRequest.newBuilder().setName("pairs/x").build()))));
        assertEquals("name", fields(() -> answer(checkpoints.describeEncoder(DescribeEncoderRequest.getDefaultInstance()))));
        assertEquals("first", fields(() -> answer(checkpoints.compareEncoders(CompareEncodersRequest.newBuilder().setSecond("encoders/x").build()))));
        assertEquals("ttl", fields(() -> answer(checkpoints.exportEncoder(ExportEncoderRequest.newBuilder()
                .setName("encoders/x").setTtl(com.google.protobuf.Duration.newBuilder().setSeconds(8 * 24 * 3600)).build()))));
        assertThrows(ObjectNotFoundException.class, () -> answer(
                checkpoints.describeEncoder(DescribeEncoderRequest.newBuilder().setName("encoders/nobodys").build())));
    }

    private static CheckpointSource path(Path file) {
        return CheckpointSource.newBuilder().setPath(file.toString()).build();
    }

    /** The fields that a refusal names, in its order. */
    private static String fields(Runnable call) {
        String message = assertThrows(InvalidRunException.class, call::run).getMessage();
        assertFalse(message.isBlank());
        return String.join(" ", message.lines().map(line -> line.substring(0, line.indexOf(':'))).toList());
    }

    private static String notReady(Runnable call) {
        Status status = assertThrows(StatusRuntimeException.class, call::run).getStatus();
        assertEquals(Status.Code.FAILED_PRECONDITION, status.getCode());
        return status.getDescription();
    }

    private static <T> T answer(Uni<T> uni) {
        return uni.await().indefinitely();
    }
}
