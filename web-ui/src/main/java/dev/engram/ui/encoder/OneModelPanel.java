package dev.engram.ui.encoder;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.leak.OneModelSettings;
import dev.engram.ui.preset.Preset;
import dev.engram.ui.preset.PresetSelect;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.RunTable;
import dev.engram.v1.CreateOneModelRequest;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.ListSplitsRequest;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.Split;
import io.smallrye.mutiny.Multi;
import java.util.List;

/** Tests of this encoder alone for what it remembers: those there are, and a form that starts another. */
final class OneModelPanel extends Div {
  private static final int MOST_SPLITS = 1000;
  private static final String AS_TRAINED = "";

  private final Services services;
  private final EncoderDescription encoder;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "attack", notice::show);
  private final RunTable tests = new RunTable("This encoder has not been tested alone yet.");
  private final Fields fields = new Fields();
  final Select<String> split = fields.choice("split", "Split", List.of(), null, "that says which images it saw; its public set votes");
  final Select<String> members = fields.choice("members", "It saw", List.of(AS_TRAINED, "candidate", "independent"), AS_TRAINED,
      "of the split, beside the shared images; an imported encoder cannot say it itself");
  final OneModelSettings settings = new OneModelSettings(fields);
  final TextField runId = fields.text("run_id", "Run id", "", "Made up if empty. Lower-case letters, digits, dashes.");
  private final RequestIds ids = new RequestIds();
  private final PresetSelect presets = new PresetSelect(OneModelSpec.class::isInstance, preset -> settings.fill((OneModelSpec) preset));
  private final ErrorNotice refusal = new ErrorNotice();
  private final Button start = new Button("Start One model", _ -> start());

  OneModelPanel(Services services, EncoderDescription encoder) {
    this.services = services;
    this.encoder = encoder;
    addClassName("stack");
    split.setItemLabelGenerator(Names::id);
    members.setItemLabelGenerator(part -> part.isEmpty() ? (encoder.hasTraining() ? "what it was trained on" : "the candidates") : "the " + part + "s");
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    settings.offerLayers(encoder.getArchitecture());
    add(notice, new Section("Tests of this encoder", tests), new Section("Test it alone", presets, fields, refusal, new Div(start)).explain(
        "Déjà vu without a second encoder: what the background tells of an image is learned from crops of images this encoder did not see. Where there is a "
            + "pair, the test with both is the better one."));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    calls.ask(Preset.listed(services, Kind.ONE_MODEL), presets::offer);
    calls.ask(services.datasets().listSplits(ListSplitsRequest.newBuilder().setPageSize(MOST_SPLITS).build()), answer -> {
      List<String> names = answer.getSplitsList().stream().map(Split::getName).toList();
      split.setItems(names);
      names.stream().filter(name -> encoder.getSplit().isEmpty() || name.equals(encoder.getSplit())).findFirst().ifPresent(split::setValue);
    });
    calls.ask(Multi.createFrom().iterable(encoder.getUsedByList())
        .onItem().transformToUni(name -> services.runs().getRun(GetRunRequest.newBuilder().setName(name).build())
            .onFailure().recoverWithNull()).concatenate()
        .select().where(run -> run.getSpec().hasOneModel()).collect().asList(), tests::show);
  }

  CreateOneModelRequest request() {
    OneModelSpec.Builder spec = settings.spec().setEncoder(encoder.getName()).setMembers(members.getValue())
        .setSplit(split.getValue() == null ? "" : split.getValue());
    return CreateOneModelRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  private void start() {
    fields.clear();
    refusal.clear();
    start.setEnabled(false);
    CreateOneModelRequest request = request();
    calls.ask(services.attack().createOneModel(request.toBuilder().setRequestId(ids.of(request)).build()),
        run -> UI.getCurrent().navigate(Links.path(run.getRun())), this::refused);
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    refusal.show(new Failure(failure.code(), failure.message(), fields.show(failure.violations())));
  }
}
