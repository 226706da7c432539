package dev.engram.ui.similarity;

import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.Links;
import dev.engram.ui.format.Kind;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.StartView;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CreateCkaRequest;
import dev.engram.v1.Dataset;
import dev.engram.v1.Encoder;
import dev.engram.v1.ListDatasetsRequest;
import dev.engram.v1.ListEncodersRequest;
import jakarta.inject.Inject;
import java.util.List;

/** Starts a comparison of any two encoders, and lists those there are. */
@Route("similarity")
@PageTitle("Similarity · Engram")
public class SimilarityListView extends StartView {
  private final CkaForm form;

  @Inject
  public SimilarityListView(Services services) {
    this(services, new CkaForm());
  }

  private SimilarityListView(Services services, CkaForm form) {
    super(services, Kind.CKA, form, new Words(
        "Similarity", "How alike two encoders represent the same images, layer by layer.",
        "Compare two encoders", "Linear centered kernel alignment (CKA) of every layer of one with every layer of the other.",
        "Compare", "Comparisons", "No encoders have been compared yet."));
    this.form = form;
  }

  @Override
  protected void offer(UrlState url) {
    calls().ask(services().trainer().listEncoders(ListEncodersRequest.newBuilder().setPageSize(MOST).build()),
        answer -> form.setEncoders(answer.getEncodersList().stream().map(Encoder::getName).toList(), url));
    calls().ask(services().datasets().listDatasets(ListDatasetsRequest.newBuilder().setPageSize(MOST).build()),
        answer -> form.setDatasets(answer.getDatasetsList().stream().map(Dataset::getName).toList(), url));
  }

  @Override
  protected boolean readable() {
    form.fields.clear();
    return true;
  }

  @Override
  protected void start() {
    CreateCkaRequest request = form.request();
    calls().ask(services().metrics().createCka(request.toBuilder().setRequestId(ids().of(request)).build()),
        run -> UI.getCurrent().navigate(Links.path(run.getRun())));
  }

  @Override
  protected List<FieldViolation> mark(List<FieldViolation> violations) {
    return form.fields.show(violations);
  }
}
