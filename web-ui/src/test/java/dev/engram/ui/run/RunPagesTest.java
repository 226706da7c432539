package dev.engram.ui.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.ui.shell.Problems;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.DeleteRunResponse;
import dev.engram.v1.LogEntry;
import dev.engram.v1.MetricSeries;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunPagesTest {

  @Test
  void theFilterIsWhatTheUrlSays() {
    RunFilter filter = RunFilter.of(new UrlState("runs", Map.of("state", "RUNNING", "kind", "layer_mem", "page", "t1")));
    assertEquals("state = RUNNING AND kind = layer_mem", filter.request().getFilter());
    assertEquals("t1", filter.request().getPageToken());
    assertEquals("", RunFilter.of(new UrlState("runs", Map.of("state", "DANCING"))).request().getFilter());
  }

  @ParameterizedTest
  @EnumSource(value = Run.State.class, mode = EnumSource.Mode.EXCLUDE, names = {"UNRECOGNIZED", "STATE_UNSPECIFIED"})
  void everyStateOffersWhatItAllows(Run.State state) {
    Set<RunActions.Action> possible = RunActions.possible(Run.newBuilder().setState(state).build());
    boolean ended = state == Run.State.SUCCEEDED || state == Run.State.FAILED || state == Run.State.CANCELLED;
    assertEquals(ended, possible.contains(RunActions.Action.DELETE));
    assertEquals(!ended, possible.contains(RunActions.Action.CANCEL));
    assertEquals(state == Run.State.RUNNING, possible.contains(RunActions.Action.PAUSE));
    assertEquals(state == Run.State.PAUSED || state == Run.State.LOST, possible.contains(RunActions.Action.RESUME));
  }

  @Test
  void aFailureCanBeResumedOnlyIfThatCanHelp() {
    Run.Builder run = Run.newBuilder().setState(Run.State.FAILED);
    assertFalse(RunActions.possible(run.build()).contains(RunActions.Action.RESUME));
    assertTrue(RunActions.possible(run.setError(RunError.newBuilder().setRetryable(true)).build()).contains(RunActions.Action.RESUME));
  }

  @Test
  void whatIsAskedForAlreadyIsNotOfferedAgain() {
    Run pausing = Run.newBuilder().setState(Run.State.RUNNING).setRequestedState(Run.State.PAUSED).build();
    assertEquals(EnumSet.of(RunActions.Action.CANCEL), RunActions.possible(pausing));
  }

  @Test
  void deletingSaysWhatItFrees() {
    assertEquals("The run, its log and 2 artifacts are deleted; this frees 6.4 MiB. This cannot be undone.",
        RunActions.frees(DeleteRunResponse.newBuilder().addArtifacts("artifacts/a").addArtifacts("artifacts/b").setFreedBytes(6_688_412).build()));
    assertTrue(RunActions.frees(DeleteRunResponse.getDefaultInstance()).contains("nothing in the store becomes free"));
  }

  @Test
  void aQueuedRunSaysWhatItWaitsFor() {
    assertEquals("waits for a free slot, after a, b",
        RunRow.outcome(Run.newBuilder().setState(Run.State.QUEUED).addDependencies("runs/a").addDependencies("runs/b").build()));
  }

  @Test
  void onlyTheNewestWarningsAreShown() {
    List<LogEntry> all = java.util.stream.IntStream.range(0, 5).mapToObj(i -> LogEntry.newBuilder().setMessage("w" + i).build()).toList();
    assertEquals(List.of("w4", "w3", "w2"), RunWarnings.newest(all).stream().map(LogEntry::getMessage).toList());
    assertEquals("5 warnings, the newest 3 of them", RunWarnings.title(5));
    assertEquals("1 warning", RunWarnings.title(1));
  }

  @Test
  void seriesOfOneMeasureShareAFigure() {
    List<MetricSeries> all = java.util.stream.Stream.of("loss", "probe_knn/output", "rankme", "probe_knn/prep.conv")
        .map(name -> MetricSeries.newBuilder().setName(name).build()).toList();
    assertEquals(List.of("loss", "probe_knn", "rankme"), List.copyOf(Curves.groups(all).keySet()));
    assertEquals(2, Curves.groups(all).get("probe_knn").size());
  }

  @ParameterizedTest
  @EnumSource(RunError.Category.class)
  void everyErrorSaysWhatToDo(RunError.Category category) {
    if (category != RunError.Category.UNRECOGNIZED) {
      assertTrue(Problems.advice(RunError.newBuilder().setCategory(category).build()).endsWith("."));
    }
  }
}
