package dev.engram.ui.shell;

import dev.engram.ui.rpc.Services;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.ListRunsResponse;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The runs that need a person: failed and lost ones, newest first, each with what to do about it. */
public final class Problems {
  private static final int MOST = 50;

  private Problems() {
  }

  /** Asks for the failed and lost runs, at most 50 of each. */
  public static Uni<List<Run>> find(Services services) {
    return Uni.combine().all().unis(runs(services, "state = LOST"), runs(services, "state = FAILED"))
        .with((lost, failed) -> {
          List<Run> all = new ArrayList<>(lost.getRunsList());
          all.addAll(failed.getRunsList());
          all.sort(Comparator.comparingLong((Run run) -> run.getUpdateTime().getSeconds()).reversed());
          return List.copyOf(all);
        });
  }

  /** What a person should do about this run's error. */
  public static String advice(RunError error) {
    return switch (error.getCategory()) {
      case INVALID_SPEC -> "Start a new run with other values; this one cannot work.";
      case DATA_LOSS -> "Make the named object again: delete the run that made it and repeat it. Then resume this run.";
      case UNAVAILABLE -> "Check that the store and the database answer, then resume.";
      case DIVERGED -> "Start a new run with a lower learning rate or a longer warm-up. The last good checkpoint is kept.";
      case RESOURCE_EXHAUSTED -> "Free memory or disk, or use a smaller batch in a new run; then resume.";
      case WORKER_LOST -> "Resume: the run goes on from its last resume point.";
      case OTHER_VERSION -> "Make again what the message names, or resume with the version of Engram that wrote it.";
      case DEPENDENCY_FAILED -> "Resume the run it needs; this one goes on with it. If that one cannot be mended, start both anew.";
      case INTERNAL -> "This is a defect of Engram: please report it with the run's log.";
      case CATEGORY_UNSPECIFIED, UNRECOGNIZED -> error.getRetryable() ? "Resume the run." : "See the run's log.";
    };
  }

  private static Uni<ListRunsResponse> runs(Services services, String filter) {
    return services.runs().listRuns(ListRunsRequest.newBuilder().setPageSize(MOST).setFilter(filter).build());
  }
}
