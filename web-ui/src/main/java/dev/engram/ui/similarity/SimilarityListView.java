package dev.engram.ui.similarity;

import com.google.rpc.BadRequest.FieldViolation;
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
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.RunTable;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CreateCkaRequest;
import dev.engram.v1.Dataset;
import dev.engram.v1.Encoder;
import dev.engram.v1.ListDatasetsRequest;
import dev.engram.v1.ListEncodersRequest;
import dev.engram.v1.ListRunsRequest;
import jakarta.inject.Inject;
import java.util.List;

/** Starts a comparison of any two encoders, and lists those there are. */
@Route("similarity")
@PageTitle("Similarity · Engram")
public class SimilarityListView extends Div implements BeforeEnterObserver {
  private static final int MOST = 200;

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "metrics", this::refused);
  private final CkaForm form = new CkaForm();
  private final RequestIds ids = new RequestIds();
  private final Button start = new Button("Compare", _ -> start());
  private final RunTable table = new RunTable("No encoders have been compared yet.");

  @Inject
  public SimilarityListView(Services services) {
    this.services = services;
    addClassName("page");
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(new PageHeader("Similarity", "How alike two encoders represent the same images, layer by layer."), notice,
        new Section("Compare two encoders", form, new Div(start))
            .explain("Linear centered kernel alignment (CKA) of every layer of one with every layer of the other."),
        new Section("Comparisons", table));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    UrlState url = UrlState.of(event.getLocation());
    calls.cancelAll();
    calls.ask(services.trainer().listEncoders(ListEncodersRequest.newBuilder().setPageSize(MOST).build()),
        answer -> form.setEncoders(answer.getEncodersList().stream().map(Encoder::getName).toList(), url));
    calls.ask(services.datasets().listDatasets(ListDatasetsRequest.newBuilder().setPageSize(MOST).build()),
        answer -> form.setDatasets(answer.getDatasetsList().stream().map(Dataset::getName).toList(), url));
    calls.ask(services.runs().listRuns(ListRunsRequest.newBuilder().setFilter("kind = cka").setPageSize(MOST).build()),
        answer -> table.show(answer.getRunsList()));
  }

  private void start() {
    notice.clear();
    form.fields.clear();
    start.setEnabled(false);
    CreateCkaRequest request = form.request();
    calls.ask(services.metrics().createCka(request.toBuilder().setRequestId(ids.of(request)).build()),
        run -> UI.getCurrent().navigate(Links.path(run.getRun())));
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    List<FieldViolation> rest = form.fields.show(failure.violations());
    notice.show(new Failure(failure.code(), failure.message(), rest));
  }
}
