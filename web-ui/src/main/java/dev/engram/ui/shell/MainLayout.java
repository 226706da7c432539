package dev.engram.ui.shell;

import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import dev.engram.ui.artifact.ArtifactListView;
import dev.engram.ui.data.DataView;
import dev.engram.ui.encoder.EncoderListView;
import dev.engram.ui.intervention.InterventionListView;
import dev.engram.ui.pair.NewPairView;
import dev.engram.ui.pair.PairListView;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.RunListView;
import dev.engram.ui.replicates.ReplicatesListView;
import dev.engram.ui.similarity.SimilarityListView;
import dev.engram.ui.sweep.SweepListView;
import dev.engram.ui.start.FirstStepsView;
import jakarta.inject.Inject;

/** The frame around every page: navigation at the left, the problem counter at the top. */
@Layout
@JsModule("context://engram/alive.js")
public class MainLayout extends AppLayout {
  private final Main main = new Main();

  @Inject
  public MainLayout(Services services) {
    setPrimarySection(Section.DRAWER);
    main.setId("content");
    main.getElement().setAttribute("tabindex", "-1");
    setContent(main);
    addToNavbar(skipLink(), new DrawerToggle(), title("narrow-only"), new Div(), new ProblemsButton(services));
    addToDrawer(new Header(title("drawer-title")), navigation(), newPair());
  }

  @Override
  public void showRouterLayoutContent(HasElement content) {
    main.removeAll();
    main.getElement().appendChild(content.getElement());
  }

  @Override
  public void removeRouterLayoutContent(HasElement old) {
    main.removeAll();
  }

  /** A link to a part of the page would be resolved against the root of all pages: so it moves the focus by itself. */
  private static Anchor skipLink() {
    Anchor skip = new Anchor("#content", "Skip to content");
    skip.addClassName("skip-link");
    skip.getElement().executeJs("""
        this.addEventListener('click', click => {
          click.preventDefault();
          document.getElementById('content').focus();
        });
        """);
    return skip;
  }

  private static SideNav navigation() {
    SideNav navigation = new SideNav();
    navigation.getElement().setAttribute("aria-label", "Pages");
    navigation.addItem(
        item("Runs", RunListView.class, VaadinIcon.LIST, "runs"),
        item("Pairs", PairListView.class, VaadinIcon.CONNECT_O, "pairs"),
        item("Encoders", EncoderListView.class, VaadinIcon.CUBES, "encoders"),
        item("Replicates", ReplicatesListView.class, VaadinIcon.COPY_O, "replicates"),
        item("Sweeps", SweepListView.class, VaadinIcon.CHART_LINE, "sweeps"),
        item("Similarity", SimilarityListView.class, VaadinIcon.GRID_BEVEL, "similarity"),
        item("Interventions", InterventionListView.class, VaadinIcon.SCISSORS, "interventions"),
        item("Data", DataView.class, VaadinIcon.GRID_SMALL_O, "data"),
        item("Artifacts", ArtifactListView.class, VaadinIcon.ARCHIVE, "artifacts"));
    return navigation;
  }

  private static SideNavItem item(String label, Class<? extends com.vaadin.flow.component.Component> view, VaadinIcon icon,
      String path) {
    SideNavItem item = new SideNavItem(label, view, icon.create());
    item.setMatchNested(true);
    item.getElement().setAttribute("data-page", path);
    return item;
  }

  private static Nav newPair() {
    Anchor link = new Anchor(NewPairView.PATH, "New pair");
    link.setRouterIgnore(false);
    link.addClassName("button-link");
    Anchor steps = new Anchor(FirstStepsView.PATH, "First steps");
    steps.setRouterIgnore(false);
    steps.addClassName("quiet");
    Nav box = new Nav(link, steps);
    box.getElement().setAttribute("aria-label", "Start");
    box.addClassName("drawer-action");
    return box;
  }

  private static Anchor title(String className) {
    Image mark = new Image("engram/icon.svg", "");
    mark.addClassName("mark");
    Anchor title = new Anchor("runs", mark, new Span("Engram"));
    title.setRouterIgnore(false);
    title.addClassNames("wordmark", className);
    return title;
  }
}
