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
import dev.engram.v1.ListSplitsRequest;
import dev.engram.v1.Split;
import io.smallrye.mutiny.Uni;
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
    calls().ask(Uni.combine().all().unis(
        services().trainer().listEncoders(ListEncodersRequest.newBuilder().setPageSize(MOST).build()),
        services().datasets().listSplits(ListSplitsRequest.newBuilder().setPageSize(MOST).build()),
        services().datasets().listDatasets(ListDatasetsRequest.newBuilder().setPageSize(MOST).build())).asTuple(), known -> {
          List<Encoder> encoders = known.getItem1().getEncodersList();
          form.setEncoders(encoders.stream().map(Encoder::getName).toList(), url);
          form.setDatasets(known.getItem3().getDatasetsList().stream().map(Dataset::getName).toList(), url,
              encoders.stream().filter(one -> one.getName().equals(form.first.getValue())).findFirst()
                  .map(first -> dataset(first, known.getItem2().getSplitsList())).orElse(""));
        });
  }

  /** The data set that an encoder was trained on, itself named or by its split; empty if that is not known. */
  static String dataset(Encoder encoder, List<Split> splits) {
    return splits.stream().filter(split -> split.getName().equals(encoder.getSpec().getSplit())).findFirst()
        .map(split -> split.getSpec().getDataset()).orElse(encoder.getSpec().getDataset());
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
