package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.MessageFields;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Kind;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.RunTable;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Encoder;
import dev.engram.v1.ListEncodersRequest;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.Run;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts what can be done to an encoder, and lists what was done. */
@Route("interventions")
@PageTitle("Interventions · Engram")
public class InterventionListView extends Div implements BeforeEnterObserver {
  private static final int MOST = 100;
  private static final List<Kind> LISTED = List.of(Kind.PRUNING, Kind.EXCHANGE, Kind.EDIT_ENCODER, Kind.FINE_TUNE);

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "intervention", this::refused);
  private final RequestIds ids = new RequestIds();
  private final RadioButtonGroup<Intervention> interventions = new RadioButtonGroup<>();
  private final Paragraph explanation = new Paragraph();
  private final Fields named = new Fields();
  private final Select<String> preset = named.choice("preset", "Start from", List.of(), null, "");
  private final TextField id = named.text("run_id", "Name", "", "Made up if empty");
  private final Div form = new Div();
  private final Button start = new Button("Start", _ -> start());
  private final RunTable table = new RunTable("Nothing has been done to an encoder yet.");
  private MessageFields fields;
  private Map<String, Message> presets = Map.of();
  private UrlState url;
  private final List<Run> found = new ArrayList<>();

  @Inject
  public InterventionListView(Services services) {
    this.services = services;
    addClassName("page");
    explanation.addClassName("explain");
    interventions.setItems(Intervention.values());
    interventions.setItemLabelGenerator(Intervention::title);
    interventions.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with("do", change.getValue().key()).open();
      }
    });
    preset.addValueChangeListener(change -> show(change.getValue()));
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(new PageHeader("Interventions", "What an encoder is still worth when something in it is changed."), notice,
        new Section("Do something to an encoder", interventions, explanation, named, form, new Div(start)),
        new Section("Done so far", table));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    url = UrlState.of(event.getLocation());
    Intervention chosen = Arrays.stream(Intervention.values()).filter(one -> one.key().equals(url.get("do"))).findFirst().orElse(Intervention.PRUNING);
    interventions.setValue(chosen);
    explanation.setText(chosen.explanation());
    calls.cancelAll();
    found.clear();
    calls.ask(services.trainer().listEncoders(ListEncodersRequest.newBuilder().setPageSize(MOST).build()),
        answer -> latest(Kind.UNIT_MEM, unitMem -> latest(Kind.LAYER_MEM, layerMem ->
            offer(chosen, answer.getEncodersList().stream().map(Encoder::getName).toList(), unitMem, layerMem))));
    LISTED.forEach(kind -> calls.ask(services.runs().listRuns(
        ListRunsRequest.newBuilder().setFilter("kind = " + kind.filter()).setPageSize(MOST).build()), answer -> {
          found.addAll(answer.getRunsList());
          found.sort(Comparator.comparing((Run run) -> run.getCreateTime().getSeconds()).reversed());
          table.show(List.copyOf(found));
        }));
  }

  /** The newest run of a kind that has succeeded; empty if there is none. */
  private void latest(Kind kind, Consumer<String> then) {
    calls.ask(services.runs().listRuns(ListRunsRequest.newBuilder()
        .setFilter("kind = " + kind.filter() + " AND state = SUCCEEDED").setPageSize(1).build()),
        answer -> then.accept(answer.getRunsList().stream().map(Run::getName).findFirst().orElse("")));
  }

  private void offer(Intervention chosen, List<String> encoders, String unitMem, String layerMem) {
    String asked = url.get("source").isEmpty() ? "" : "encoders/" + url.get("source");
    String source = asked.isEmpty() ? encoders.stream().findFirst().orElse("") : asked;
    String other = encoders.stream().filter(encoder -> !encoder.equals(source)).findFirst().orElse("");
    presets = new Presets(source, other, unitMem, layerMem).of(chosen);
    preset.setItems(presets.keySet());
    preset.setValue(presets.keySet().iterator().next());
  }

  private void show(String name) {
    if (name == null) {
      return;
    }
    fields = new MessageFields("spec", _ -> "", interventions.getValue().kept(), Map.of());
    fields.show(presets.get(name));
    form.removeAll();
    form.add(fields);
  }

  private void start() {
    notice.clear();
    if (fields == null || !fields.readable()) {
      return;
    }
    fields.fields().forEach(Fields::clear);
    start.setEnabled(false);
    Message spec = fields.message();
    calls.ask(interventions.getValue().start(services, id.getValue().strip(), spec, ids.of(spec)),
        run -> UI.getCurrent().navigate(Links.path(run)));
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    List<FieldViolation> rest = named.show(failure.violations());
    if (fields != null) {
      for (Fields group : fields.fields().reversed()) {
        rest = group.show(rest);
      }
    }
    notice.show(new Failure(failure.code(), failure.message(), rest));
  }
}
