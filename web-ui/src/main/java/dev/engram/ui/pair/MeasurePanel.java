package dev.engram.ui.pair;

import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Names;
import dev.engram.ui.preset.Preset;
import dev.engram.ui.preset.PresetSelect;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.RunTable;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.DescribeEncoderRequest;
import dev.engram.v1.ListPairsRequest;
import dev.engram.v1.ListSplitImagesRequest;
import dev.engram.v1.ListSplitsRequest;
import dev.engram.v1.Pair;
import dev.engram.v1.SplitClass;
import java.util.List;
import java.util.function.Consumer;

/** Starts a measure or an attack on the pair, and lists those there are. */
final class MeasurePanel extends Div {
  private static final int MOST = 1000;

  private final Services services;
  private final String pair;
  private final ErrorNotice notice = new ErrorNotice();
  private final Measure measure;
  private final MeasureForm form;
  private final Calls calls;
  private final RequestIds ids = new RequestIds();
  private final Button start = new Button("Start", _ -> start());

  MeasurePanel(Services services, PairRuns runs, UrlState url) {
    this.services = services;
    pair = runs.pair().getName();
    measure = Measures.named(url.get("kind"));
    form = measure.form().get();
    calls = new Calls(this, measure.kind().service(), this::refused);
    addClassName("stack");
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    start.setText("Start " + measure.kind().title());
    RunTable table = new RunTable("Nothing has been measured yet.");
    table.show(runs.measures());
    PresetSelect presets = new PresetSelect(form::takes, form::fill);
    calls.ask(Preset.listed(services, measure.kind()), presets::offer, notice::show);
    offer(runs.pair());
    add(new Section("Start a measure", kinds(url), presets, form, notice, new Div(start)).explain(form.explanation())
            .actions(link("replicates", "Repeat with other seeds"), link("sweeps", "Vary its training")),
        new Section("Measures and attacks of this pair", table));
  }

  /** What there is to choose from. Where it cannot be asked, names can be typed. */
  private void offer(Pair own) {
    Consumer<Failure> typed = _ -> { };
    calls.ask(services.checkpoints().describeEncoder(DescribeEncoderRequest.newBuilder().setName(own.getCandidate()).build()),
        encoder -> form.offerLayers(encoder.getArchitecture()), typed);
    calls.ask(services.datasets().listSplits(ListSplitsRequest.newBuilder().setPageSize(MOST).build()), answer -> form.offerSplits(own, answer.getSplitsList()), typed);
    calls.ask(services.datasets().listSplitImages(ListSplitImagesRequest.newBuilder().setSplit(own.getSplit()).setPart("public").setPageSize(1).build()),
        page -> page.getClassesList().stream().mapToInt(SplitClass::getPublicSet).min().stream().filter(fewest -> fewest > 0).forEach(form::limit), typed);
    calls.ask(services.trainer().listPairs(ListPairsRequest.newBuilder().setPageSize(MOST).build()), answer -> form.offerPairs(own, answer.getPairsList()), typed);
  }

  /** To another page that begins with this pair. */
  private Anchor link(String page, String text) {
    Anchor link = new Anchor(page + "?pair=" + Names.id(pair), text);
    link.setRouterIgnore(false);
    return link;
  }

  private void start() {
    notice.clear();
    form.fields().forEach(Fields::clear);
    if (!form.readable()) {
      return;
    }
    start.setEnabled(false);
    calls.ask(measure.start(services, form.request(pair), ids), run -> UI.getCurrent().navigate(Links.path(run)));
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    List<FieldViolation> rest = failure.violations();
    for (Fields fields : form.fields()) {
      rest = fields.show(rest);
    }
    notice.show(new Failure(failure.code(), failure.message(), rest));
  }

  private RadioButtonGroup<Measure> kinds(UrlState url) {
    RadioButtonGroup<Measure> kinds = new RadioButtonGroup<>();
    kinds.setAriaLabel("Measure");
    kinds.setItems(Measures.ALL);
    kinds.setItemLabelGenerator(one -> one.kind().title());
    kinds.setValue(measure);
    kinds.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with("kind", change.getValue().kind().filter()).open();
      }
    });
    return kinds;
  }
}
