package dev.engram.ui.pair;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.leak.Crops;
import dev.engram.ui.leak.Reading;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.AuditSpec;
import dev.engram.v1.CreateAuditRequest;
import dev.engram.v1.CropResult;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What leaks: the déjà vu attacks against the pair, one row a crop. */
final class LeaksPanel extends Div {
  private static final int MOST = 10;
  private static final int MOST_AUDITED = 16;

  private final Services services;
  private final PairRuns runs;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "attack", notice::show);
  private final List<Row> rows = new ArrayList<>();
  private final DataTable<Row> table = new DataTable<Row>("Asking…")
      .component("Run", Row::link)
      .text("Crop", row -> Crops.words(row.result.getCrop()))
      .text("Cut", row -> row.result.getCut())
      .figure("Target", row -> Numbers.percent(row.result.getTarget()))
      .figure("Reference", row -> Numbers.percent(row.result.getReference()))
      .figure("Déjà vu score", row -> Numbers.percent(row.result.getScore()))
      .text("Reading", row -> Reading.of(row.result).title());

  LeaksPanel(Services services, PairRuns runs) {
    this.services = services;
    this.runs = runs;
    addClassName("stack");
    add(notice);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    List<Run> results = runs.results(Kind.DEJA_VU);
    List<Run> alone = runs.results(Kind.ONE_MODEL);
    if (results.isEmpty() && alone.isEmpty()) {
      add(new NothingYet(runs, Kind.DEJA_VU));
      return;
    }
    if (!alone.isEmpty()) {
      DataTable<Run> tests = new DataTable<Run>("None yet.").component("Run", run -> {
        Anchor link = new Anchor("one-model/" + Names.id(run.getName()), Names.id(run.getName()));
        link.setRouterIgnore(false);
        return link;
      }).text("Crop", run -> Crops.words(run.getSpec().getOneModel().getCrop()));
      tests.setItems(alone);
      add(new Section("By one model", tests).explain("The same question asked of each encoder by itself, against what backgrounds of other images tell."));
    }
    table.setItems(rows);
    Button report = new Button("Write a report of all", _ -> calls.ask(services.attack().createAudit(audit(results, alone)),
        started -> getUI().ifPresent(ui -> ui.navigate(started.getRun()))));
    add(new Section("Déjà vu", table).actions(report).explain("Can the class of a training image be told from a background crop of it? "
        + "The score is how much better the encoder that saw the image does it than the one that did not."));
    for (Run run : results.subList(0, Math.min(MOST, results.size()))) {
      calls.ask(services.attack().getDejaVuResult(GetDejaVuResultRequest.newBuilder().setRun(run.getName()).build()), result -> {
        for (int i = 0; i < result.getCropsCount(); i++) {
          rows.add(new Row(run, i, result.getCrops(i)));
        }
        table.setItems(rows);
      }, failure -> {
        notice.show(failure);
        table.says("No result could be read.");
      });
    }
  }

  /** The newest of both kinds; the report lies in the files of its run. */
  private static CreateAuditRequest audit(List<Run> attacks, List<Run> alone) {
    return CreateAuditRequest.newBuilder().setSpec(AuditSpec.newBuilder().addAllRuns(
        Stream.concat(attacks.stream(), alone.stream()).limit(MOST_AUDITED).map(Run::getName).toList())).build();
  }

  private record Row(Run run, int index, CropResult result) {
    Anchor link() {
      Anchor link = new Anchor("deja-vu/" + Names.id(run.getName()) + (index == 0 ? "" : "?crop=" + index), Names.id(run.getName()));
      link.setRouterIgnore(false);
      return link;
    }
  }
}
