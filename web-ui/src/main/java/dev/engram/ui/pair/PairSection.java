package dev.engram.ui.pair;

import com.vaadin.flow.component.Component;
import dev.engram.ui.map.MapPanel;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a pair's page, behind a tab of its own.
 *
 * @param path last part of its path; empty for the first
 * @param title what the tab says
 * @param panel makes what is seen
 */
record PairSection(String path, String title, Panel panel) {
  static final PairSection MAP = new PairSection("map", "Memory map",
      (services, pictures, runs, url) -> new MapPanel(services, pictures, runs.pair().getCandidate(), url));
  static final PairSection MEASURE = new PairSection("measure", "Measure", (services, _, runs, url) -> new MeasurePanel(services, runs, url));
  /** All of them, in the order of the tabs. */
  static final List<PairSection> ALL = List.of(
      new PairSection("", "Overview", (services, _, runs, _) -> new OverviewPanel(services, runs)),
      MAP,
      new PairSection("layers", "Layers", (services, _, runs, url) -> new LayersPanel(services, runs, url)),
      new PairSection("images", "Images", ImagesPanel::new),
      new PairSection("units", "Units", UnitsPanel::new),
      new PairSection("alignment", "Units and images", (services, _, runs, url) -> new AlignmentPanel(services, runs, url)),
      new PairSection("agreement", "Agreement", (services, _, runs, url) -> new AgreementPanel(services, runs, url)),
      new PairSection("classes", "Classes", (services, _, runs, url) -> new ClassesPanel(services, runs, url)),
      new PairSection("invariance", "Invariance", (services, _, runs, url) -> new InvariancePanel(services, runs, url)),
      new PairSection("leaks", "Leaks", (services, _, runs, _) -> new LeaksPanel(services, runs)),
      MEASURE);

  /** Makes what is seen, out of what the URL says. */
  interface Panel {
    Component make(Services services, Pictures pictures, PairRuns runs, UrlState url);
  }

  /** The section of this path, if there is such. */
  static Optional<PairSection> at(String path) {
    return ALL.stream().filter(section -> section.path.equals(path)).findFirst();
  }

  /** Titles by path, for the pair of this id. */
  static Map<String, String> titles(String pair) {
    Map<String, String> titles = new LinkedHashMap<>();
    ALL.forEach(section -> titles.put(section.of(pair), section.title));
    return titles;
  }

  /** Its path on the page of this pair. */
  String of(String pair) {
    return "pairs/" + pair + (path.isEmpty() ? "" : "/" + path);
  }
}
