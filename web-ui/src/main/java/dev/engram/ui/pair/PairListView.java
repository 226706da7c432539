package dev.engram.ui.pair;

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
import dev.engram.ui.encoder.EncoderWords;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.ListPairsRequest;
import dev.engram.v1.Pair;
import jakarta.inject.Inject;
import java.time.Duration;

/** All pairs, newest first. */
@Route("pairs")
@PageTitle("Pairs · Engram")
public class PairListView extends Div implements BeforeEnterObserver {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "trainer", notice::showRetrying);
  private final DataTable<Pair> table = new DataTable<Pair>("There is no pair yet. Start with a new one.")
      .component("Pair", pair -> Links.to(pair.getName()))
      .component("Data set", pair -> Links.to(pair.getDataset()))
      .component("Split", pair -> Links.to(pair.getSplit()))
      .text("Recipe", pair -> EncoderWords.recipeOf(pair))
      .figure("Measures", pair -> Numbers.count(pair.getRunsCount()));
  private UrlState url;
  private final Pager pager = new Pager(token -> url.with("page", token).open());

  @Inject
  public PairListView(Services services) {
    this.services = services;
    addClassName("page");
    Anchor create = new Anchor(NewPairView.PATH, "New pair");
    create.setRouterIgnore(false);
    create.addClassName("button-link");
    table.setVisible(false);
    add(new PageHeader("Pairs", "A candidate f and a reference g, trained alike on sets that share most images: "
        + "what f has of the images only it saw is memory.").actions(create), notice, table, pager);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    url = UrlState.of(event.getLocation());
    calls.cancelAll();
    calls.repeat(PAUSE, () -> services.trainer().listPairs(
        ListPairsRequest.newBuilder().setPageSize(50).setPageToken(PageTrail.of(url.get("page")).token()).build()), answer -> {
          notice.clear();
          table.setVisible(true);
          table.setItems(answer.getPairsList());
          pager.show(PageTrail.of(url.get("page")), answer.getNextPageToken());
        });
  }
}
