package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Kinds;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.RunTable;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.AttackRun;
import dev.engram.v1.CreateClassMemRequest;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateUnitMemRequest;
import dev.engram.v1.MetricsRun;
import dev.engram.v1.ProbeRun;
import dev.engram.v1.RunSpec;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Starts a measure or an attack on the pair, and lists those there are. */
final class MeasurePanel extends Div {
  private static final List<RunSpec.TaskCase> KINDS = List.of(RunSpec.TaskCase.LAYER_MEM, RunSpec.TaskCase.UNIT_MEM, RunSpec.TaskCase.CLASS_MEM,
      RunSpec.TaskCase.DEJA_VU, RunSpec.TaskCase.PROBE);

  private final Services services;
  private final String pair;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls;
  private final MeasureForm form;
  private final RequestIds ids = new RequestIds();
  private final Button start = new Button("Start", _ -> start());

  MeasurePanel(Services services, PairRuns runs, UrlState url) {
    this.services = services;
    pair = runs.pair().getName();
    RunSpec.TaskCase kind = KINDS.stream().filter(one -> Kinds.filter(one).equals(url.get("kind"))).findFirst()
        .orElse(RunSpec.TaskCase.LAYER_MEM);
    form = form(kind);
    calls = new Calls(this, service(kind), this::refused);
    addClassName("stack");
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    start.setText("Start " + Kinds.title(kind));
    RunTable table = new RunTable("Nothing has been measured yet.");
    table.show(runs.measures());
    add(new Section("Start a measure", kinds(kind, url), form, notice, new Div(start)).explain(form.explanation()),
        new Section("Measures and attacks of this pair", table));
  }

  private void start() {
    notice.clear();
    form.fields.clear();
    start.setEnabled(false);
    Message request = form.request(pair);
    calls.ask(send(request, ids.of(request)), run -> UI.getCurrent().navigate(Links.path(run)));
  }

  private Uni<String> send(Message request, String id) {
    return switch (request) {
      case CreateLayerMemRequest r ->
          services.metrics().createLayerMem(r.toBuilder().setRequestId(id).build()).map(MetricsRun::getRun);
      case CreateUnitMemRequest r ->
          services.metrics().createUnitMem(r.toBuilder().setRequestId(id).build()).map(MetricsRun::getRun);
      case CreateClassMemRequest r ->
          services.metrics().createClassMem(r.toBuilder().setRequestId(id).build()).map(MetricsRun::getRun);
      case CreateDejaVuRequest r -> services.attack().createDejaVu(r.toBuilder().setRequestId(id).build()).map(AttackRun::getRun);
      case CreateProbeRequest r -> services.trainer().createProbe(r.toBuilder().setRequestId(id).build()).map(ProbeRun::getRun);
      default -> throw new IllegalStateException("no service takes a " + request.getDescriptorForType().getName());
    };
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    List<FieldViolation> rest = form.fields.show(failure.violations());
    notice.show(new Failure(failure.code(), failure.message(), rest));
  }

  private static RadioButtonGroup<RunSpec.TaskCase> kinds(RunSpec.TaskCase kind, UrlState url) {
    RadioButtonGroup<RunSpec.TaskCase> kinds = new RadioButtonGroup<>();
    kinds.setAriaLabel("Measure");
    kinds.setItems(KINDS);
    kinds.setItemLabelGenerator(Kinds::title);
    kinds.setValue(kind);
    kinds.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with("kind", Kinds.filter(change.getValue())).open();
      }
    });
    return kinds;
  }

  private static MeasureForm form(RunSpec.TaskCase kind) {
    return switch (kind) {
      case UNIT_MEM -> new UnitMemForm();
      case CLASS_MEM -> new ClassMemForm();
      case DEJA_VU -> new DejaVuForm();
      case PROBE -> new ProbeForm();
      case LAYER_MEM, REGISTER_DATASET, CREATE_SPLIT, TRAIN_ENCODER, IMPORT_ENCODER, CKA, TASK_NOT_SET -> new LayerMemForm();
    };
  }

  private static String service(RunSpec.TaskCase kind) {
    return switch (kind) {
      case DEJA_VU -> "attack";
      case PROBE -> "trainer";
      case LAYER_MEM, UNIT_MEM, CLASS_MEM, REGISTER_DATASET, CREATE_SPLIT, TRAIN_ENCODER, IMPORT_ENCODER, CKA, TASK_NOT_SET -> "metrics";
    };
  }
}
