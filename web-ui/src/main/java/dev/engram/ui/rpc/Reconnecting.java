package dev.engram.ui.rpc;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Connects anew every second to a service that is away. Left to itself, gRPC waits longer after each failure, two minutes in the end, and fails all calls meanwhile
 * though the service may long be back.
 */
@ApplicationScoped
class Reconnecting {
  private static final long PAUSE_MILLIS = 1000;

  private final List<ManagedChannel> channels;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
      task -> Thread.ofPlatform().daemon().name("reconnecting").unstarted(task));

  @Inject
  Reconnecting(@GrpcClient("runs") Channel runs, @GrpcClient("artifacts") Channel artifacts, @GrpcClient("datasets") Channel datasets,
      @GrpcClient("trainer") Channel trainer, @GrpcClient("checkpoints") Channel checkpoints, @GrpcClient("metrics") Channel metrics,
      @GrpcClient("interventions") Channel interventions, @GrpcClient("fine-tuning") Channel fineTuning, @GrpcClient("attack") Channel attack) {
    this(Stream.of(runs, artifacts, datasets, trainer, checkpoints, metrics, interventions, fineTuning, attack).map(ManagedChannel.class::cast).toList());
  }

  Reconnecting(List<ManagedChannel> channels) {
    this.channels = channels;
  }

  void begin(@Observes StartupEvent started) {
    clock.scheduleWithFixedDelay(this::retry, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  void end(@Observes ShutdownEvent ended) {
    clock.shutdownNow();
  }

  /** Ends the waiting of those that failed to connect. */
  void retry() {
    for (ManagedChannel channel : channels) {
      if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
        channel.resetConnectBackoff();
      }
    }
  }
}
