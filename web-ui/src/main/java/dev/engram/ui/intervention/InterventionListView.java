package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.checkpoint.ImportView;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.map.EncoderMeasures;
import dev.engram.ui.map.MapRows;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.RunTable;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.DescribeEncoderRequest;
import dev.engram.v1.Encoder;
import dev.engram.v1.GetTrainingVocabularyRequest;
import dev.engram.v1.ListEncodersRequest;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.ListSplitsRequest;
import dev.engram.v1.ModuleNode;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Starts what can be done to an encoder, and lists what was done. The URL says what is begun with: {@code do}, {@code source}, and where in
 * it: {@code layer}, {@code unit}.
 */
@Route("interventions")
@PageTitle("Interventions · Engram")
public class InterventionListView extends Div implements BeforeEnterObserver {
  private static final int MOST = 1000;
  private static final int LISTED_RUNS = 100;
  private static final List<Kind> LISTED = List.of(Kind.PRUNING, Kind.EXCHANGE, Kind.EDIT_ENCODER, Kind.FINE_TUNE);

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "intervention", this::refused);
  private final Calls reading = new Calls(this, "checkpoint", notice::show);
  private final RequestIds ids = new RequestIds();
  private final RadioButtonGroup<Intervention> interventions = new RadioButtonGroup<>();
  private final Paragraph explanation = new Paragraph();
  private final Fields begun = new Fields();
  private final ComboBox<Encoder> source = begun.pick("spec.source", "Encoder", List.of(), Choices::words, "");
  private final Select<String> preset = begun.choice("preset", "Start from", List.of(), null, "");
  private final Fields named = new Fields();
  private final TextField id = named.text("run_id", "Name", "", "");
  private final Div content = new Div();
  private final Button start = new Button("Start", _ -> start());
  private final RunTable table = new RunTable("Nothing has been done to an encoder yet.");
  private InterventionForm form;
  private Map<String, Message> presets = Map.of();
  private UrlState url;
  private final List<Run> found = new ArrayList<>();

  @Inject
  public InterventionListView(Services services) {
    this.services = services;
    addClassName("page");
    explanation.addClassName("explain");
    interventions.setAriaLabel("What is done");
    interventions.setItems(Intervention.values());
    interventions.setItemLabelGenerator(Intervention::title);
    interventions.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with("do", change.getValue().key()).open();
      }
    });
    source.addClassName("wide");
    source.addValueChangeListener(change -> {
      if (change.isFromClient() && change.getValue() != null) {
        url.without("layer", "unit").with("source", Names.id(change.getValue().getName())).open();
      }
    });
    preset.setPlaceholder("a named setting");
    preset.addValueChangeListener(change -> {
      if (change.getValue() != null) {
        form.fill(presets.get(change.getValue()));
      }
    });
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(new PageHeader("Interventions", "What an encoder is still worth when something in it is changed."),
        new Section("Do something to an encoder", interventions, explanation, begun, content, named, notice, new Div(start)),
        new Section("Done so far", table));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    url = UrlState.of(event.getLocation());
    Intervention chosen = Intervention.named(url.get("do")).orElse(Intervention.PRUNING);
    interventions.setValue(chosen);
    explanation.setText(chosen.explanation());
    id.setLabel(chosen.makesEncoder() ? "Id of the new encoder" : "Id of the run");
    id.setHelperText("Made up if empty. Lower-case letters, digits, dashes.");
    notice.clear();
    calls.cancelAll();
    reading.cancelAll();
    setReady(false);
    reading.ask(services.trainer().listEncoders(ListEncodersRequest.newBuilder().setPageSize(MOST).build()),
        answer -> choose(answer.getEncodersList().stream().filter(one -> !one.getCheckpoint().isEmpty()).toList()));
    found.clear();
    LISTED.forEach(kind -> calls.ask(services.runs().listRuns(
        ListRunsRequest.newBuilder().setFilter("kind = " + kind.filter()).setPageSize(LISTED_RUNS).build()), answer -> {
          found.addAll(answer.getRunsList());
          found.sort(Comparator.comparing((Run run) -> run.getCreateTime().getSeconds()).reversed());
          table.show(List.copyOf(found));
        }));
  }

  /** Asks what there is to pick from for the encoder that the URL names, otherwise for the newest. */
  private void choose(List<Encoder> encoders) {
    String wanted = "encoders/" + url.get("source");
    source.setItems(encoders);
    Optional<Encoder> chosen = encoders.stream().filter(one -> one.getName().equals(wanted)).findFirst();
    if (chosen.isEmpty() && !url.get("source").isEmpty()) {
      notice.show(wanted + " is not there, or not ready yet.", List.of());
      return;
    }
    chosen.or(() -> encoders.stream().findFirst()).ifPresentOrElse(encoder -> {
      source.setValue(encoder);
      reading.ask(Uni.combine().all().unis(EncoderMeasures.find(services, encoder.getName()),
              services.datasets().listSplits(ListSplitsRequest.newBuilder().setPageSize(MOST).build()),
              services.trainer().getTrainingVocabulary(GetTrainingVocabularyRequest.getDefaultInstance())).asTuple(),
          known -> show(new Choices(known.getItem1(), encoders, known.getItem2().getSplitsList(), known.getItem3())));
    }, () -> {
      Anchor bring = new Anchor(ImportView.PATH, "import one");
      bring.setRouterIgnore(false);
      content.removeAll();
      content.add(new Paragraph(new Span("There is no encoder to change yet: train a pair, or "), bring, new Span(".")));
      content.setVisible(true);
    });
  }

  private void show(Choices choices) {
    form = interventions.getValue().form(choices);
    content.removeAll();
    content.add(form);
    presets = new Presets(choices.parts()).of(interventions.getValue());
    preset.setItems(presets.keySet());
    preset.setVisible(presets.size() > 1);
    preset.setValue(presets.keySet().iterator().next());
    form.other().ifPresent(other -> {
      other.addValueChangeListener(_ -> describe(other));
      describe(other);
    });
    ModuleNode root = choices.source().getArchitecture().getRoot();
    MapRows.find(root, url.get("layer")).filter(module -> !module.getPath().isEmpty()).ifPresent(module -> {
      OptionalInt unit = url.number("unit");
      preset.setValue(null);
      form.point(EditableLayer.meant(root, module), unit);
    });
    setReady(true);
  }

  /** Whether the other encoder fits is known when it is picked, not when a run has failed of it. */
  private void describe(ComboBox<Encoder> other) {
    if (other.getValue() != null) {
      reading.ask(services.checkpoints().describeEncoder(DescribeEncoderRequest.newBuilder().setName(other.getValue().getName()).build()), form::describe);
    }
  }

  private void setReady(boolean ready) {
    content.setVisible(ready);
    named.setVisible(ready);
    start.setVisible(ready);
    preset.setVisible(ready && presets.size() > 1);
  }

  private void start() {
    notice.clear();
    begun.clear();
    named.clear();
    form.groups().forEach(Fields::clear);
    if (!form.readable()) {
      notice.show("Some values cannot be read; see their fields.", List.of());
      return;
    }
    start.setEnabled(false);
    Message spec = form.spec();
    calls.ask(interventions.getValue().start(services, id.getValue().strip(), spec, ids.of(spec)),
        run -> UI.getCurrent().navigate(Links.path(run)));
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    List<FieldViolation> rest = begun.show(named.show(failure.violations()));
    if (form != null) {
      for (Fields group : form.groups().reversed()) {
        rest = group.show(rest);
      }
    }
    notice.show(new Failure(failure.code(), failure.message(), rest));
  }

  /** Links to do something to a module of an encoder, and to one unit of it; none where it has no layer whose units can be changed. */
  public static List<Anchor> links(String encoder, ModuleNode root, ModuleNode module, OptionalInt unit) {
    if (EditableLayer.meant(root, module).isEmpty()) {
      return List.of();
    }
    List<Anchor> links = new ArrayList<>();
    for (Intervention one : List.of(Intervention.PRUNE, Intervention.EXCHANGE_LAYERS, Intervention.FINE_TUNE)) {
      links.add(link(one, one.title(), encoder, module, OptionalInt.empty()));
    }
    unit.ifPresent(number -> links.add(link(Intervention.FINE_TUNE, "Fine-tune unit " + number, encoder, module, unit)));
    return links;
  }

  private static Anchor link(Intervention intervention, String text, String encoder, ModuleNode module, OptionalInt unit) {
    UrlState page = new UrlState("interventions", Map.of("do", intervention.key(), "source", Names.id(encoder), "layer", module.getPath()));
    Anchor link = new Anchor((unit.isPresent() ? page.with("unit", String.valueOf(unit.getAsInt())) : page).href(), text);
    link.setRouterIgnore(false);
    return link;
  }
}
