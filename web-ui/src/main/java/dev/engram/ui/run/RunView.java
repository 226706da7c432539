package dev.engram.ui.run;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.Gone;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.ProgressLine;
import dev.engram.ui.component.Section;
import dev.engram.ui.component.SpecFacts;
import dev.engram.ui.component.StateBadge;
import dev.engram.ui.encoder.CollapsedBadge;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.format.Times;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.Problems;
import dev.engram.v1.GetArtifactRequest;
import dev.engram.v1.ListMetricSeriesRequest;
import dev.engram.v1.ListMetricSeriesResponse;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.Run;
import dev.engram.v1.RunArtifact;
import dev.engram.v1.WatchRunRequest;
import io.grpc.Status;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** One run: what it does now, its curves, its spec, its files, where they come from and go to, its log. */
@Route("runs/:run")
public class RunView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final Duration CURVES = Duration.ofSeconds(3);

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final StateBadge state = new StateBadge();
  private final PageHeader header = new PageHeader("", "").beside(state);
  private final RunActions actions;
  private final Div figures = new Div();
  private final Div known = new Div();
  private final Div gone = new Div();
  private final Section now = new Section("Status");
  private final ProgressLine progress = new ProgressLine();
  private final Div facts = new Div();
  private final Section curves = new Section("Curves");
  private final Curves plots = new Curves();
  private final Section spec = new Section("Spec");
  private final Section lineage = new Section("Lineage");
  private final Section artifacts = new Section("Artifacts");
  private final RunWarnings warnings = new RunWarnings();
  private final CollapsedBadge collapsed = new CollapsedBadge();
  private final LogPanel log;
  private final Calls calls = new Calls(this, "run", notice::showRetrying);
  private final Calls watching = new Calls(this, "run", this::failed);
  private final Calls stores = new Calls(this, "artifact", notice::show);
  private String name = "";
  private volatile Run shown = Run.getDefaultInstance();
  /** What the run was when the curves that are shown were asked for. */
  private volatile Run.State drawn = Run.State.STATE_UNSPECIFIED;

  @Inject
  public RunView(Services services) {
    this.services = services;
    addClassName("page");
    actions = new RunActions(services, notice, this::changed);
    log = new LogPanel(services, warnings::take);
    state.getElement().setAttribute("aria-live", "polite");
    header.actions(figures, actions);
    now.append(progress, facts);
    curves.setVisible(false);
    Div top = new Div(now, lineage);
    top.addClassName("columns");
    Div bottom = new Div(spec, new Section("Log", log));
    bottom.addClassName("columns");
    known.addClassName("stack");
    known.add(top, curves, artifacts, bottom);
    header.beside(collapsed);
    add(header, notice, gone, warnings, known);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = "runs/" + event.getRouteParameters().get("run").orElse("");
    shown = Run.getDefaultInstance();
    drawn = Run.State.STATE_UNSPECIFIED;
    calls.cancelAll();
    setKnown(false);
    gone.removeAll();
    plots.clear();
    warnings.clear();
    curves.setContent(plots);
    header.setTitle(Names.id(name));
    watch();
    calls.repeat(CURVES, this::series, this::showSeries, _ -> { });
    log.follow(name, calls);
  }

  @Override
  public String getPageTitle() {
    return Names.id(name) + " · Engram";
  }

  /** The stream ends with the run, so it is opened anew when an action may have brought the run back. */
  private void changed(Run run) {
    show(run);
    watch();
  }

  private void watch() {
    watching.cancelAll();
    watching.follow(() -> services.runs().watchRun(
        WatchRunRequest.newBuilder().setName(name).setSinceVersion(shown.getVersion()).build()), this::show);
  }

  private void show(Run run) {
    notice.clear();
    setKnown(true);
    boolean first = !shown.getName().equals(run.getName());
    boolean produced = !shown.getArtifactsList().equals(run.getArtifactsList());
    boolean moved = shown.getState() != run.getState();
    shown = run;
    header.setLine(Kind.words(run));
    state.show(run);
    actions.show(run);
    progress.show(run);
    collapsed.setVisible(run.getProgress().getMetricsOrDefault("collapsed", 0) > 0);
    facts.removeAll();
    facts.add(facts(run));
    if (first) {
      spec.setContent();
      Kind.task(run.getSpec()).ifPresent(task -> spec.append(SpecFacts.of(task)));
    }
    if (first || produced || moved) {
      showFigureLink(run);
      showArtifacts(run);
      calls.ask(services.runs().listRuns(ListRunsRequest.newBuilder().setPageSize(100)
          .setFilter("dependency = \"" + name + "\"").build()), consumers -> lineage.setContent(new LineagePanel(run, consumers.getRunsList())));
    }
  }

  private void failed(Failure failure) {
    if (failure.code() != Status.Code.NOT_FOUND) {
      notice.showRetrying(failure);
      return;
    }
    calls.cancelAll();
    setKnown(false);
    header.setLine("");
    notice.clear();
    gone.removeAll();
    gone.add(new Gone("run", Names.id(name), "runs"));
  }

  /** Until the run is known there is nothing to show or to do. */
  private void setKnown(boolean yes) {
    known.setVisible(yes);
    state.setVisible(yes);
    collapsed.setVisible(false);
    actions.setVisible(yes);
  }

  private static Facts facts(Run run) {
    Facts facts = new Facts();
    if (run.hasError()) {
      facts.add("Error", run.getError().getMessage());
      facts.add("What to do", Problems.advice(run.getError()));
    }
    String waits = RunRow.outcome(run);
    if (run.getState() == Run.State.QUEUED && !waits.isEmpty()) {
      facts.add("Waiting", waits);
    }
    run.getProgress().getMetricsMap().entrySet().stream().filter(metric -> !metric.getKey().equals("collapsed"))
        .sorted(Map.Entry.comparingByKey()).forEach(metric -> facts.add(Names.measure(metric.getKey()), Numbers.significant(metric.getValue())));
    ZoneId zone = ZoneId.systemDefault();
    facts.add("Created", Times.moment(run.getCreateTime(), zone));
    if (run.hasStartTime()) {
      facts.add("Started", Times.moment(run.getStartTime(), zone));
    }
    if (run.hasEndTime()) {
      facts.add("Ended", Times.moment(run.getEndTime(), zone) + (run.hasStartTime() ? ", after " + Times.duration(
          Duration.between(Times.instant(run.getStartTime()), Times.instant(run.getEndTime()))) : ""));
    }
    if (run.getAttempt() > 0) {
      facts.add("Attempt", Numbers.count(run.getAttempt()));
    }
    String device = ExecutorWords.device(run);
    if (!device.isEmpty()) {
      facts.add("Computed on", device);
    }
    if (!run.getEngramVersion().isEmpty()) {
      facts.add("By Engram", run.getEngramVersion());
    }
    if (!run.getWorker().isEmpty()) {
      facts.add("Worker", run.getWorker());
    }
    return facts;
  }

  /** Curves change while the run does; those of a run that stopped are asked for once more, as its last points came after they were asked for last. */
  private Uni<ListMetricSeriesResponse> series() {
    Run.State now = shown.getState();
    boolean still = now != Run.State.RUNNING && now == drawn && !plots.empty();
    return still ? Uni.createFrom().item(ListMetricSeriesResponse.getDefaultInstance())
        : services.runs().listMetricSeries(ListMetricSeriesRequest.newBuilder().setRun(name).build()).invoke(() -> drawn = now);
  }

  private void showSeries(ListMetricSeriesResponse answer) {
    plots.show(Names.id(name), answer.getSeriesList());
    curves.setVisible(!plots.empty());
  }

  private void showArtifacts(Run run) {
    artifacts.setVisible(run.getArtifactsCount() > 0);
    artifacts.setContent();
    for (RunArtifact made : run.getArtifactsList()) {
      stores.ask(services.artifacts().getArtifact(GetArtifactRequest.newBuilder().setName(made.getArtifact()).build()),
          artifact -> {
            artifacts.append(new ArtifactFiles(made.getRole(), artifact, true));
            ArtifactFiles.page(artifact).ifPresent(this::offer);
          });
    }
  }

  private void showFigureLink(Run run) {
    figures.removeAll();
    Kind.resultPath(run).ifPresent(path -> {
      Anchor link = new Anchor(path, path.startsWith("encoders/") && !path.contains("?") ? "Open the encoder" : "Open the figures");
      link.setRouterIgnore(false);
      offer(link);
    });
  }

  private void offer(Anchor link) {
    link.addClassName("button-link");
    figures.add(link);
  }
}
