package dev.engram.local.demo;

import dev.engram.v1.ArtifactServiceGrpc;
import dev.engram.v1.AttackServiceGrpc;
import dev.engram.v1.DatasetServiceGrpc;
import dev.engram.v1.MetricsServiceGrpc;
import dev.engram.v1.RunServiceGrpc;
import dev.engram.v1.TrainerServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.concurrent.TimeUnit;

/** Stubs of every service behind one address. */
public final class Services implements AutoCloseable {
    private final ManagedChannel channel;

    public Services(String host, int port) {
        channel = ManagedChannelBuilder.forAddress(host, port)
                .usePlaintext()
                .maxInboundMessageSize(16 << 20)
                .build();
    }

    public RunServiceGrpc.RunServiceBlockingStub runs() {
        return RunServiceGrpc.newBlockingStub(channel);
    }

    public ArtifactServiceGrpc.ArtifactServiceBlockingStub artifacts() {
        return ArtifactServiceGrpc.newBlockingStub(channel);
    }

    public DatasetServiceGrpc.DatasetServiceBlockingStub datasets() {
        return DatasetServiceGrpc.newBlockingStub(channel);
    }

    public TrainerServiceGrpc.TrainerServiceBlockingStub trainer() {
        return TrainerServiceGrpc.newBlockingStub(channel);
    }

    public MetricsServiceGrpc.MetricsServiceBlockingStub metrics() {
        return MetricsServiceGrpc.newBlockingStub(channel);
    }

    public AttackServiceGrpc.AttackServiceBlockingStub attack() {
        return AttackServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        channel.awaitTermination(5, TimeUnit.SECONDS);
    }
}
