package dev.engram.ui.pair;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.leak.Crops;
import dev.engram.ui.leak.Reading;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.AuditSpec;
import dev.engram.v1.CreateAuditRequest;
import dev.engram.v1.CropResult;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.GetOneModelResultRequest;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What leaks: the déjà vu attacks against the pair, one row a crop, and the tests of its encoders by themselves, one row a reference. */
final class LeaksPanel extends Div {
  private static final int MOST = 10;
  private static final int MOST_AUDITED = 16;

  private final Services services;
  private final PairRuns runs;
  private final RequestIds ids = new RequestIds();
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "attack", notice::show);
  private final DataTable<Row> attacks = figures(new DataTable<Row>("Asking…")
      .component("Run", Row::link)
      .text("Crop", row -> Crops.words(row.result.getCrop()))
      .text("Cut", row -> row.result.getCut()), "Déjà vu score");
  private final DataTable<Row> tests = figures(new DataTable<Row>("Asking…")
      .component("Run", Row::link)
      .text("Crop", row -> Crops.words(row.result.getCrop()))
      .text("Against", Row::reference), "Score");

  LeaksPanel(Services services, PairRuns runs) {
    this.services = services;
    this.runs = runs;
    addClassName("stack");
    add(notice);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    List<Run> pairs = runs.results(Kind.DEJA_VU);
    List<Run> alone = runs.results(Kind.ONE_MODEL);
    if (pairs.isEmpty() && alone.isEmpty()) {
      add(new NothingYet(runs, Kind.DEJA_VU));
      return;
    }
    Anchor written = new Anchor("runs?kind=" + Kind.AUDIT.filter(), "Reports so far");
    written.setRouterIgnore(false);
    Button write = new Button("Write a report of all", _ -> report(audit(pairs, alone)));
    write.setDisableOnClick(true);
    Div report = new Div(written, write);
    report.addClassName("actions");
    if (!pairs.isEmpty()) {
      add(new Section("Déjà vu", attacks).actions(report).explain("Can the class of a training image be told from a background crop of it? "
          + "The score is how much better the encoder that saw the image does it than the one that did not."));
      ask(pairs, attacks, run -> services.attack().getDejaVuResult(GetDejaVuResultRequest.newBuilder().setRun(run.getName()).build()),
          (run, result) -> IntStream.range(0, result.getCropsCount())
              .mapToObj(i -> new Row(run, "deja-vu/", i == 0 ? "" : "?crop=" + i, "", result.getCrops(i))).toList());
    }
    if (!alone.isEmpty()) {
      Section section = new Section("By one model", tests);
      add((pairs.isEmpty() ? section.actions(report) : section).explain(
          "The same question asked of each encoder by itself, against what backgrounds of other images tell. Where there are two models, the test with both is the better one."));
      ask(alone, tests, run -> services.attack().getOneModelResult(GetOneModelResultRequest.newBuilder().setRun(run.getName()).build()),
          (run, result) -> IntStream.range(0, result.getReferencesCount()).mapToObj(i -> new Row(run, "one-model/", i == 0 ? "" : "?reference=" + i,
              Names.words(result.getReferences(i).getName()), result.getReferences(i).getFigures())).toList());
    }
  }

  private void report(CreateAuditRequest request) {
    notice.clear();
    calls.ask(services.attack().createAudit(request.toBuilder().setRequestId(ids.of(request)).build()),
        started -> getUI().ifPresent(ui -> ui.navigate(Links.path(started.getRun()))));
  }

  /** Shows the results of the newest runs, the newest first whichever answer comes first. */
  private <R> void ask(List<Run> of, DataTable<Row> table, Function<Run, Uni<R>> question, BiFunction<Run, R, List<Row>> rows) {
    List<Run> asked = of.subList(0, Math.min(MOST, of.size()));
    table.setItems(List.of());
    List<List<Row>> found = new ArrayList<>(asked.stream().map(_ -> List.<Row>of()).toList());
    for (int i = 0; i < asked.size(); i++) {
      int place = i;
      Run run = asked.get(i);
      calls.ask(question.apply(run), result -> {
        found.set(place, rows.apply(run, result));
        table.setItems(found.stream().flatMap(List::stream).toList());
      }, failure -> unreadable(table, failure));
    }
  }

  private void unreadable(DataTable<Row> table, Failure failure) {
    notice.show(failure);
    table.says("No result could be read.");
  }

  private static DataTable<Row> figures(DataTable<Row> table, String score) {
    return table.figure("Target", row -> Numbers.percent(row.result.getTarget()))
        .figure("Reference", row -> Numbers.percent(row.result.getReference()))
        .figure(score, row -> Numbers.percent(row.result.getScore()))
        .text("Reading", row -> Reading.of(row.result).title());
  }

  /** The newest of both kinds; the report lies in the files of its run. */
  private static CreateAuditRequest audit(List<Run> attacks, List<Run> alone) {
    return CreateAuditRequest.newBuilder().setSpec(AuditSpec.newBuilder().addAllRuns(
        Stream.concat(attacks.stream(), alone.stream()).limit(MOST_AUDITED).map(Run::getName).toList())).build();
  }

  private record Row(Run run, String page, String part, String reference, CropResult result) {
    Anchor link() {
      Anchor link = new Anchor(page + Names.id(run.getName()) + part, Names.id(run.getName()));
      link.setRouterIgnore(false);
      return link;
    }
  }
}
