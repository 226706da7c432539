package dev.engram.ui.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReconnectingTest {
  @Test
  void onlyWhatFailedToConnectIsHurried() {
    Wire failing = new Wire(ConnectivityState.TRANSIENT_FAILURE);
    Wire idle = new Wire(ConnectivityState.IDLE);
    Wire ready = new Wire(ConnectivityState.READY);
    Reconnecting reconnecting = new Reconnecting(List.of(idle, failing, ready));
    reconnecting.retry();
    reconnecting.retry();
    assertEquals(List.of(0, 2, 0), List.of(idle.hurried, failing.hurried, ready.hurried));
  }

  /** A channel that only has a state. */
  private static final class Wire extends ManagedChannel {
    private final ConnectivityState state;
    private int hurried;

    Wire(ConnectivityState state) {
      this.state = state;
    }

    @Override
    public ConnectivityState getState(boolean requestConnection) {
      assertEquals(false, requestConnection, "who is not asked for stays unconnected");
      return state;
    }

    @Override
    public void resetConnectBackoff() {
      hurried++;
    }

    @Override
    public ManagedChannel shutdown() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ManagedChannel shutdownNow() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String authority() {
      return "";
    }
  }
}
