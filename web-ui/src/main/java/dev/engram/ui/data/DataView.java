package dev.engram.ui.data;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.pair.NewPairView;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Dataset;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.ListDatasetsRequest;
import dev.engram.v1.ListSplitsRequest;
import dev.engram.v1.Split;
import jakarta.inject.Inject;

/** Data sets and splits. */
@Route("data")
@PageTitle("Data · Engram")
public class DataView extends Div implements BeforeEnterObserver {
  private static final int PAGE_SIZE = 50;

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "data set", notice::show);
  private final DataTable<Dataset> datasets = new DataTable<Dataset>("There is no data set yet. Register one.")
      .component("Data set", dataset -> Links.to(dataset.getName()))
      .text("Name", dataset -> dataset.getSpec().getDisplayName())
      .text("Source", dataset -> Sources.words(dataset.getSpec()))
      .figure("Images", dataset -> dataset.hasSummary() ? Numbers.count(dataset.getSummary().getImages()) : "being packed")
      .text("Shape", dataset -> dataset.hasSummary() ? shape(dataset.getSummary()) : "")
      .figure("Classes", dataset -> dataset.hasSummary() ? Numbers.count(dataset.getSummary().getClassNamesCount()) : "");
  private final DataTable<Split> splits = new DataTable<Split>("There is no split yet. Make one with a new pair.")
      .component("Split", split -> Links.to(split.getName()))
      .component("Data set", split -> Links.to(split.getSpec().getDataset()))
      .figure("Shared", split -> Numbers.count(split.getSpec().getShared()))
      .figure("Candidate", split -> Numbers.count(split.getSpec().getCandidate()))
      .figure("Independent", split -> Numbers.count(split.getSpec().getIndependent()))
      .figure("External", split -> Numbers.count(split.getSpec().getExternal()))
      .figure("Public", split -> Numbers.count(split.getSpec().getPublicSet()))
      .text("Digest", split -> split.hasSummary() ? Names.shortDigest(split.getSummary().getDigest()) : "not made yet");
  private UrlState url;
  private final Pager datasetPager = new Pager(token -> url.with("page", token).open());
  private final Pager splitPager = new Pager(token -> url.with("splits", token).open());

  @Inject
  public DataView(Services services) {
    this.services = services;
    addClassName("page");
    Anchor create = new Anchor(NewPairView.PATH, "New pair");
    create.setRouterIgnore(false);
    create.addClassName("button-link");
    Anchor register = new Anchor(NewDatasetView.PATH, "Register a data set");
    register.setRouterIgnore(false);
    register.addClassName("button-link");
    create.addClassName("secondary");
    add(new PageHeader("Data", "Images, and the splits that make two encoders comparable.").actions(create, register), notice,
        new Section("Data sets", datasets, datasetPager), new Section("Splits", splits, splitPager));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    url = UrlState.of(event.getLocation());
    calls.cancelAll();
    calls.ask(services.datasets().listDatasets(
        ListDatasetsRequest.newBuilder().setPageSize(PAGE_SIZE).setPageToken(PageTrail.of(url.get("page")).token()).build()), answer -> {
          datasets.setItems(answer.getDatasetsList());
          datasetPager.show(PageTrail.of(url.get("page")), answer.getNextPageToken());
        });
    calls.ask(services.datasets().listSplits(
        ListSplitsRequest.newBuilder().setPageSize(PAGE_SIZE).setPageToken(PageTrail.of(url.get("splits")).token()).build()), answer -> {
          splits.setItems(answer.getSplitsList());
          splitPager.show(PageTrail.of(url.get("splits")), answer.getNextPageToken());
        });
  }

  static String shape(DatasetSummary summary) {
    return summary.getChannels() + " × " + summary.getHeight() + " × " + summary.getWidth();
  }
}
