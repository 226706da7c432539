package dev.engram.local.demo;

import dev.engram.v1.ArtifactServiceGrpc;
import dev.engram.v1.AttackServiceGrpc;
import dev.engram.v1.CheckpointServiceGrpc;
import dev.engram.v1.DatasetServiceGrpc;
import dev.engram.v1.MetricsServiceGrpc;
import dev.engram.v1.RunServiceGrpc;
import dev.engram.v1.TrainerServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stubs of every service, wherever each is. */
public final class Services implements AutoCloseable {
    private static final int LARGEST_ANSWER = 16 << 20;

    private final ManagedChannel store;
    private final ManagedChannel trainer;
    private final ManagedChannel metrics;
    private final ManagedChannel attack;

    /** Each given as {@code host:port}. */
    public Services(String store, String trainer, String metrics, String attack) {
        this.store = channel(store);
        this.trainer = channel(trainer);
        this.metrics = channel(metrics);
        this.attack = channel(attack);
    }

    /** All of them at one address. */
    public static Services at(String host, int port) {
        String address = host + ":" + port;
        return new Services(address, address, address, address);
    }

    public RunServiceGrpc.RunServiceBlockingStub runs() {
        return RunServiceGrpc.newBlockingStub(store);
    }

    public ArtifactServiceGrpc.ArtifactServiceBlockingStub artifacts() {
        return ArtifactServiceGrpc.newBlockingStub(store);
    }

    public DatasetServiceGrpc.DatasetServiceBlockingStub datasets() {
        return DatasetServiceGrpc.newBlockingStub(trainer);
    }

    public TrainerServiceGrpc.TrainerServiceBlockingStub trainer() {
        return TrainerServiceGrpc.newBlockingStub(trainer);
    }

    public CheckpointServiceGrpc.CheckpointServiceBlockingStub checkpoints() {
        return CheckpointServiceGrpc.newBlockingStub(trainer);
    }

    public MetricsServiceGrpc.MetricsServiceBlockingStub metrics() {
        return MetricsServiceGrpc.newBlockingStub(metrics);
    }

    public AttackServiceGrpc.AttackServiceBlockingStub attack() {
        return AttackServiceGrpc.newBlockingStub(attack);
    }

    private static ManagedChannel channel(String target) {
        return ManagedChannelBuilder.forTarget(target).usePlaintext().maxInboundMessageSize(LARGEST_ANSWER).build();
    }

    @Override
    public void close() throws InterruptedException {
        List<ManagedChannel> channels = List.of(store, trainer, metrics, attack);
        channels.forEach(ManagedChannel::shutdownNow);
        for (ManagedChannel channel : channels) {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
