package dev.engram.ui.data;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
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
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.ListDatasetsRequest;
import jakarta.inject.Inject;

/** Registers a data set. */
@Route(NewDatasetView.PATH)
@PageTitle("Register a data set · Engram")
public class NewDatasetView extends Div implements BeforeEnterObserver {
  /** Path of this page. */
  public static final String PATH = "new-dataset";

  private final Services services;
  private final RegistrationForm form = new RegistrationForm();
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "data set", this::refused);
  private final RequestIds ids = new RequestIds();
  private final Button start = new Button("Register", _ -> start());

  @Inject
  public NewDatasetView(Services services) {
    this.services = services;
    addClassNames("page", "form-page");
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(new PageHeader("Register a data set", "It is read once, verified, and packed into the store; images that cannot be read are listed, equal ones are found."),
        new Section("Where it comes from", form, notice, new Div(start)));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    calls.cancelAll();
    calls.ask(services.datasets().listDatasets(ListDatasetsRequest.newBuilder().setPageSize(1000).build()), answer -> form.offer(answer.getDatasetsList()));
  }

  private void start() {
    notice.clear();
    form.fields().forEach(Fields::clear);
    if (!form.readable()) {
      return;
    }
    start.setEnabled(false);
    CreateDatasetRequest request = form.request();
    calls.ask(services.datasets().createDataset(request.toBuilder().setRequestId(ids.of(request)).build()),
        dataset -> UI.getCurrent().navigate(Links.path(dataset.getRun())));
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    var rest = failure.violations();
    for (Fields fields : form.fields()) {
      rest = fields.show(rest);
    }
    notice.show(new Failure(failure.code(), failure.message(), rest));
  }
}
