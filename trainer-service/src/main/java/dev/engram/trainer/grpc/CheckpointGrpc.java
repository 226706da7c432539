package dev.engram.trainer.grpc;

import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.Answers;
import dev.engram.store.Store;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.checkpoint.EncoderComparisons;
import dev.engram.trainer.checkpoint.EncoderDescriptions;
import dev.engram.trainer.checkpoint.EncoderExports;
import dev.engram.trainer.checkpoint.EncoderFiles;
import dev.engram.trainer.checkpoint.Imports;
import dev.engram.trainer.checkpoint.Inspections;
import dev.engram.trainer.checkpoint.NetworkDescriptions;
import dev.engram.v1.Architecture;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.CheckpointService;
import dev.engram.v1.CompareEncodersRequest;
import dev.engram.v1.DescribeEncoderRequest;
import dev.engram.v1.DescribeNetworkRequest;
import dev.engram.v1.EncoderComparison;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.ExportEncoderRequest;
import dev.engram.v1.ExportedEncoder;
import dev.engram.v1.GetImportReportRequest;
import dev.engram.v1.ImportEncoderRequest;
import dev.engram.v1.ImportedEncoder;
import dev.engram.v1.InspectCheckpointRequest;
import dev.engram.v1.ListNetworksRequest;
import dev.engram.v1.ListNetworksResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Checkpoints in and out. */
@GrpcService
public class CheckpointGrpc implements CheckpointService {
    private final Inspections inspections;
    private final Imports imports;
    private final EncoderDescriptions descriptions;
    private final EncoderComparisons comparisons;
    private final EncoderExports exports;

    CheckpointGrpc(Store store, RunSubmission submission) {
        ResultFiles files = new ResultFiles(store);
        EncoderFiles encoders = new EncoderFiles(store, files);
        this.inspections = new Inspections(store);
        this.imports = new Imports(store, submission, files);
        this.descriptions = new EncoderDescriptions(store, encoders);
        this.comparisons = new EncoderComparisons(encoders);
        this.exports = new EncoderExports(store, encoders);
    }

    @Override
    public Uni<ListNetworksResponse> listNetworks(ListNetworksRequest request) {
        return Answers.by(NetworkDescriptions::all);
    }

    @Override
    public Uni<Architecture> describeNetwork(DescribeNetworkRequest request) {
        return Answers.by(() -> NetworkDescriptions.describe(request));
    }

    @Override
    public Uni<CheckpointReport> inspectCheckpoint(InspectCheckpointRequest request) {
        return Answers.by(() -> inspections.inspect(request));
    }

    @Override
    public Uni<ImportedEncoder> importEncoder(ImportEncoderRequest request) {
        return Answers.by(() -> imports.create(request));
    }

    @Override
    public Uni<CheckpointReport> getImportReport(GetImportReportRequest request) {
        return Answers.by(() -> imports.report(request.getName()));
    }

    @Override
    public Uni<EncoderDescription> describeEncoder(DescribeEncoderRequest request) {
        return Answers.by(() -> descriptions.describe(request.getName()));
    }

    @Override
    public Uni<EncoderComparison> compareEncoders(CompareEncodersRequest request) {
        return Answers.by(() -> comparisons.compare(request));
    }

    @Override
    public Uni<ExportedEncoder> exportEncoder(ExportEncoderRequest request) {
        return Answers.by(() -> exports.export(request));
    }
}
