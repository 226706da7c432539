package dev.engram.ui.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import dev.engram.ui.shell.Problems;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.ArtifactFile;
import dev.engram.v1.DeleteRunResponse;
import dev.engram.v1.Executor;
import dev.engram.v1.LogEntry;
import dev.engram.v1.MetricSeries;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunPagesTest {

  /** A report is read where it is; whatever else a run made is saved. */
  @Test
  void aPageAmongTheFilesCanBeOpened() {
    String artifact = "artifacts/" + "a".repeat(64);
    List<Component> links = ArtifactFiles.link(artifact, ArtifactFile.newBuilder().setName("audit.html").build()).getChildren().toList();
    assertEquals(List.of("download/" + "a".repeat(64) + "/audit.html", "download/" + "a".repeat(64) + "/audit.html?open"),
        links.stream().map(link -> ((Anchor) link).getHref()).toList());
    assertEquals("", links.getFirst().getElement().getAttribute("download"));
    assertFalse(links.getLast().getElement().hasAttribute("download"));
    assertTrue(ArtifactFiles.link(artifact, ArtifactFile.newBuilder().setName("audit.json").build()) instanceof Anchor);
  }

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
    assertEquals(state == Run.State.QUEUED || state == Run.State.RUNNING, possible.contains(RunActions.Action.PAUSE));
    assertEquals(Set.of(Run.State.PAUSED, Run.State.LOST, Run.State.CANCELLED).contains(state), possible.contains(RunActions.Action.RESUME));
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

  @Test
  void whatRunsAreExecutedOnIsSaid() {
    Executor laptop = Executor.newBuilder().setName("a:1").addDevices("cpu").setSlots(1).build();
    assertEquals("0 of 1 slot in use, on cpu.", ExecutorWords.slots(List.of(laptop)));
    assertEquals("0 of 1 slot in use, on cpu (a:1); 2 of 2 slots in use, on cuda:0 (A), cuda:1 (A) (b:2).", ExecutorWords.slots(List.of(laptop,
        Executor.newBuilder().setName("b:2").addDevices("cuda:0 (A)").addDevices("cuda:1 (A)").setSlots(2).setBusySlots(2).build())));
    assertEquals("No process executes runs now.", ExecutorWords.slots(List.of()));
    RunSpec training = RunSpec.newBuilder().setTrainEncoder(TrainEncoderSpec.newBuilder()
        .setRecipe(TrainingRecipe.newBuilder().setPrecision("tf32"))).build();
    assertEquals("cuda:0 (A), in tf32", ExecutorWords.device(Run.newBuilder().setDevice("cuda:0 (A)").setSpec(training).build()));
    assertEquals("cpu", ExecutorWords.device(Run.newBuilder().setDevice("cpu").build()));
    assertEquals("", ExecutorWords.device(Run.newBuilder().setSpec(training).build()));
  }
}
