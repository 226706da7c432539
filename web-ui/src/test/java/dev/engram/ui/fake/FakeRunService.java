package dev.engram.ui.fake;

import com.google.protobuf.Timestamp;
import dev.engram.v1.CancelRunRequest;
import dev.engram.v1.DeleteRunRequest;
import dev.engram.v1.DeleteRunResponse;
import dev.engram.v1.Executor;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.ListExecutorsRequest;
import dev.engram.v1.ListExecutorsResponse;
import dev.engram.v1.ListLogEntriesRequest;
import dev.engram.v1.ListLogEntriesResponse;
import dev.engram.v1.ListMetricSeriesRequest;
import dev.engram.v1.ListMetricSeriesResponse;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.ListRunsResponse;
import dev.engram.v1.LogEntry;
import dev.engram.v1.MetricSeries;
import dev.engram.v1.PauseRunRequest;
import dev.engram.v1.ResumeRunRequest;
import dev.engram.v1.Run;
import dev.engram.v1.RunServiceGrpc;
import dev.engram.v1.WatchRunRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Random;

/** Runs of the {@link World}; filters as documented, one page. */
final class FakeRunService extends RunServiceGrpc.RunServiceImplBase {
  private final World world;

  FakeRunService(World world) {
    this.world = world;
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<Run> observer) {
    Answers.one(observer, () -> Answers.found(world.get(request.getName()), request.getName()));
  }

  @Override
  public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> observer) {
    Answers.one(observer, () -> ListRunsResponse.newBuilder()
        .addAllRuns(world.all().stream().filter(run -> matches(run, request.getFilter())).toList()).build());
  }

  @Override
  public void listExecutors(ListExecutorsRequest request, StreamObserver<ListExecutorsResponse> observer) {
    Answers.one(observer, () -> ListExecutorsResponse.newBuilder().addExecutors(Executor.newBuilder().setName("laptop:48111").addKinds("train_encoder")
        .addDevices("cuda:0 (NVIDIA H200)").addDevices("cuda:1 (NVIDIA H200)").setSlots(2).setBusySlots(1)).build());
  }

  @Override
  public void watchRun(WatchRunRequest request, StreamObserver<Run> observer) {
    Run run = world.get(request.getName());
    if (run == null) {
      observer.onError(io.grpc.Status.NOT_FOUND.withDescription("There is no " + request.getName() + ".").asRuntimeException());
      return;
    }
    ServerCallStreamObserver<Run> stream = (ServerCallStreamObserver<Run>) observer;
    stream.setOnCancelHandler(() -> { });
    Thread.ofVirtual().start(() -> watch(request.getName(), stream));
  }

  private void watch(String name, ServerCallStreamObserver<Run> stream) {
    long seen = -1;
    while (!stream.isCancelled()) {
      Run run = world.get(name);
      if (run.getVersion() != seen) {
        seen = run.getVersion();
        stream.onNext(run);
      }
      if (run.getState() == Run.State.SUCCEEDED || run.getState() == Run.State.CANCELLED || run.getState() == Run.State.FAILED) {
        stream.onCompleted();
        return;
      }
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void cancelRun(CancelRunRequest request, StreamObserver<Run> observer) {
    move(request.getName(), Run.State.CANCELLED, observer);
  }

  @Override
  public void pauseRun(PauseRunRequest request, StreamObserver<Run> observer) {
    move(request.getName(), Run.State.PAUSED, observer);
  }

  @Override
  public void resumeRun(ResumeRunRequest request, StreamObserver<Run> observer) {
    move(request.getName(), Run.State.QUEUED, observer);
  }

  @Override
  public void deleteRun(DeleteRunRequest request, StreamObserver<DeleteRunResponse> observer) {
    Answers.one(observer, () -> {
      Answers.found(world.get(request.getName()), request.getName());
      if (world.all().stream().anyMatch(run -> run.getDependenciesList().contains(request.getName()))) {
        throw io.grpc.Status.FAILED_PRECONDITION.withDescription("Other runs use the result of " + request.getName() + ".")
            .asRuntimeException();
      }
      if (!request.getValidateOnly()) {
        world.remove(request.getName());
      }
      return DeleteRunResponse.newBuilder().addArtifacts(World.artifact(request.getName())).setFreedBytes(6_688_412).build();
    });
  }

  @Override
  public void listLogEntries(ListLogEntriesRequest request, StreamObserver<ListLogEntriesResponse> observer) {
    List<String> lines = List.of("Worker laptop:48999 took the run (attempt 1).", "Inputs verified: 2 objects, 31.4 MiB.",
        "Training resnet9 by simclr on 4,000 images, 31 steps an epoch.", "Resume point at step 31.",
        "Resume point at step 62.", "The machine is busy: 3.1 of 2 cores wanted by others.", "Resume point at step 93.");
    int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    ListLogEntriesResponse.Builder answer = ListLogEntriesResponse.newBuilder().setNextPageToken(String.valueOf(lines.size()));
    for (int i = from; i < lines.size(); i++) {
      answer.addEntries(LogEntry.newBuilder().setSequence(i + 1).setMessage(lines.get(i))
          .setTime(Timestamp.newBuilder().setSeconds(System.currentTimeMillis() / 1000 - 190 + 11L * i))
          .setSeverity(i == 5 ? LogEntry.Severity.WARNING : LogEntry.Severity.INFO));
    }
    Answers.one(observer, answer::build);
  }

  @Override
  public void listMetricSeries(ListMetricSeriesRequest request, StreamObserver<ListMetricSeriesResponse> observer) {
    Answers.one(observer, () -> {
      Run run = Answers.found(world.get(request.getRun()), request.getRun());
      if (!run.getSpec().hasTrainEncoder()) {
        return ListMetricSeriesResponse.getDefaultInstance();
      }
      long last = run.getState() == Run.State.RUNNING ? run.getProgress().getDone() : run.getState() == Run.State.QUEUED ? 0 : 940;
      long total = run.getState() == Run.State.RUNNING ? run.getProgress().getTotal() : 940;
      Random random = new Random(request.getRun().hashCode());
      MetricSeries.Builder loss = MetricSeries.newBuilder().setName("loss");
      MetricSeries.Builder rate = MetricSeries.newBuilder().setName("learning_rate");
      for (long step = 1; step <= last; step += Math.max(3, last / 300)) {
        loss.addSteps(step).addValues(3.6 * Math.exp(-3.0 * step / total) + 1.55 + random.nextGaussian() * 0.05);
        rate.addSteps(step).addValues(step < total / 10 ? 1e-2 * step / total : 1e-3 * (0.5 + 0.5 * Math.cos(Math.PI * (step - total / 10.0) / (0.9 * total))));
      }
      MetricSeries.Builder shallow = MetricSeries.newBuilder().setName("probe_linear/prep.conv").addSteps(100).addValues(0.3).addSteps(900).addValues(0.41);
      MetricSeries.Builder deep = MetricSeries.newBuilder().setName("probe_linear/output").addSteps(100).addValues(0.4).addSteps(900).addValues(0.81);
      return ListMetricSeriesResponse.newBuilder().addSeries(loss).addSeries(rate).addSeries(shallow).addSeries(deep).build();
    });
  }

  private void move(String name, Run.State state, StreamObserver<Run> observer) {
    Answers.one(observer, () -> {
      Run run = Answers.found(world.get(name), name);
      world.change(run.toBuilder().setState(state).clearError().build());
      return world.get(name);
    });
  }

  private static boolean matches(Run run, String filter) {
    for (String condition : filter.isEmpty() ? new String[0] : filter.split(" AND ")) {
      String[] sides = condition.split(" = ");
      boolean holds = switch (sides[0]) {
        case "state" -> run.getState().name().equals(sides[1]);
        case "kind" -> run.getSpec().getTaskCase().name().equalsIgnoreCase(sides[1]);
        case "dependency" -> run.getDependenciesList().contains(sides[1].replace("\"", ""));
        default -> throw io.grpc.Status.INVALID_ARGUMENT.withDescription("filter: " + condition).asRuntimeException();
      };
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
