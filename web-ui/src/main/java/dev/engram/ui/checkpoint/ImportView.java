package dev.engram.ui.checkpoint;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.ImportEncoderRequest;
import dev.engram.v1.ListNetworksRequest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Brings a file of weights in: name it, look at how it fits, import it. */
@Route(ImportView.PATH)
@PageTitle("Import · Engram")
public class ImportView extends Div implements BeforeEnterObserver {
  /** Path of this page. */
  public static final String PATH = "import";

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final ErrorNotice refusal = new ErrorNotice();
  private final Calls calls = new Calls(this, "checkpoint", Duration.ofMinutes(5), this::notInspected);
  private final SourceForm source = new SourceForm((upload, file) -> open());
  private final Div report = new Div();
  private final ImportForm form = new ImportForm();
  private final RequestIds ids = new RequestIds();
  private final Button inspect = new Button("Inspect", _ -> open());
  private final Button start = new Button("Import", _ -> start());
  private final Section last = new Section("3. Import", form, refusal, new Div(start));
  private ImportState state;
  private CheckpointReport inspected;

  @Inject
  public ImportView(Services services) {
    this.services = services;
    addClassName("page");
    report.addClassName("stack");
    inspect.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(new PageHeader("Import an encoder", "A file of weights of PyTorch (safetensors, .pt, .pth, .ckpt). Nothing in it is ever executed."),
        new Section("1. The file", source, notice, new Div(inspect)), report, last);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    state = new ImportState(UrlState.of(event.getLocation()));
    notice.clear();
    refusal.clear();
    report.removeAll();
    last.setVisible(false);
    inspected = null;
    calls.cancelAll();
    calls.ask(services.checkpoints().listNetworks(ListNetworksRequest.getDefaultInstance()), answer -> {
      source.set(state, answer.getNetworksList());
      if (state.named()) {
        report.add(new Section("2. What is in it", new Paragraph("Reading the file…")));
        calls.ask(services.checkpoints().inspectCheckpoint(state.inspection()), this::show);
      }
    });
  }

  private void open() {
    UrlState url = source.url(state);
    if (!new ImportState(url).named()) {
      notice.show("Name a file first.", List.of());
      return;
    }
    url.open();
  }

  private void show(CheckpointReport found) {
    inspected = found;
    report.removeAll();
    report.add(new ReportPanel("2. What is in it", found, match ->
        state.withNetwork(match.getNetwork(), match.getNetworkOptionsMap(), match.getSide()).open()));
    form.set(found);
    last.setVisible(!found.getNetwork().isEmpty());
  }

  private void notInspected(Failure failure) {
    report.removeAll();
    notice.show(new Failure(failure.code(), failure.message(), shown(failure, source.all())));
  }

  private void start() {
    refusal.clear();
    form.fields.clear();
    if (!form.readable()) {
      return;
    }
    start.setEnabled(false);
    ImportEncoderRequest request = form.request(state, inspected);
    calls.ask(services.checkpoints().importEncoder(request.toBuilder().setRequestId(ids.of(request)).build()),
        imported -> UI.getCurrent().navigate(Links.path(imported.getRun())), failure -> {
          start.setEnabled(true);
          List<Fields> all = new ArrayList<>(List.of(form.fields));
          all.addAll(source.all());
          refusal.show(new Failure(failure.code(), failure.message(), shown(failure, all)));
        });
  }

  private static List<com.google.rpc.BadRequest.FieldViolation> shown(Failure failure, List<Fields> forms) {
    var rest = failure.violations();
    for (Fields fields : forms) {
      rest = fields.show(rest);
    }
    return rest;
  }
}
