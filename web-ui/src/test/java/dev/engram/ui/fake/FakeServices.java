package dev.engram.ui.fake;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The stand-in itself: all services on one port. Started by tests, or by hand to look at the page. */
public final class FakeServices implements AutoCloseable {
  private final Server server;
  private final FakeStore store = new FakeStore();

  /** @param port 0 for any free one */
  public FakeServices(int port) throws IOException {
    World world = new World(store.address());
    server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
        .addService(new FakeRunService(world)).addService(new FakeArtifactService(world)).addService(new FakeDatasetService(world))
        .addService(new FakeTrainerService(world)).addService(new FakeCheckpointService(world)).addService(new FakeMetricsService(world)).addService(new FakeInterventionService(world))
        .addService(new FakeFineTuneService(world)).addService(new FakeAttackService(world))
        .build().start();
  }

  /** Port it listens on. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    store.close();
    try {
      server.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Serves on the port given until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    try (FakeServices services = new FakeServices(Integer.parseInt(arguments[0]))) {
      System.out.println("Stand-in services on port " + services.port());
      services.server.awaitTermination();
    }
  }
}
