package dev.engram.ui.pair;

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
import dev.engram.ui.recipe.RecipeForm;
import dev.engram.ui.recipe.ViewPreviewPanel;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CreateEncoderRequest;
import dev.engram.v1.GetTrainingVocabularyRequest;
import dev.engram.v1.ListAugmentationsRequest;
import dev.engram.v1.ListDatasetsRequest;
import dev.engram.v1.ListRecipesRequest;
import dev.engram.v1.ListSplitsRequest;
import jakarta.inject.Inject;
import java.util.List;

/** Trains one encoder by itself: on a whole data set, or on parts of a split. */
@Route(NewEncoderView.PATH)
@PageTitle("New encoder · Engram")
public class NewEncoderView extends Div implements BeforeEnterObserver {
  /** Path of this page. */
  public static final String PATH = "new-encoder";

  private final Services services;
  private final ImagesForm images = new ImagesForm();
  private final RecipeForm recipe = new RecipeForm();
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "trainer", this::refused);
  private final Calls data = new Calls(this, "data set", notice::show);
  private final RequestIds ids = new RequestIds();
  private final Button start = new Button("Train the encoder", _ -> start());

  @Inject
  public NewEncoderView(Services services) {
    this.services = services;
    addClassNames("page", "form-page");
    recipe.addBelowViews(new ViewPreviewPanel(services, recipe, () -> images.datasetName()));
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(new PageHeader("New encoder", "One encoder by itself. To see what it memorizes it needs a counterpart: train a pair for that."),
        new Section("1. Images", images), new Section("2. Recipe", recipe), new Section("3. Start", notice, new Div(start)));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    UrlState url = UrlState.of(event.getLocation());
    calls.cancelAll();
    data.ask(services.datasets().listDatasets(ListDatasetsRequest.newBuilder().setPageSize(1000).build()), datasets ->
        data.ask(services.datasets().listSplits(ListSplitsRequest.newBuilder().setPageSize(1000).build()), splits ->
            images.offer(datasets.getDatasetsList(), splits.getSplitsList(), "datasets/" + url.get("dataset"))));
    calls.ask(services.trainer().getTrainingVocabulary(GetTrainingVocabularyRequest.getDefaultInstance()), vocabulary -> {
      recipe.offer(vocabulary);
      data.ask(services.datasets().listAugmentations(ListAugmentationsRequest.getDefaultInstance()),
          answer -> recipe.offerViews(answer.getAugmentationsList()));
      calls.ask(services.trainer().listRecipes(ListRecipesRequest.getDefaultInstance()), answer -> recipe.offer(answer.getRecipesList(), _ -> { }));
    });
  }

  private void start() {
    notice.clear();
    images.fields.clear();
    recipe.fields().forEach(Fields::clear);
    if (!recipe.readable()) {
      notice.show("Some values cannot be read; see their fields.", List.of());
      return;
    }
    start.setEnabled(false);
    CreateEncoderRequest request = images.request(recipe.recipe());
    calls.ask(services.trainer().createEncoder(request.toBuilder().setRequestId(ids.of(request)).build()),
        encoder -> UI.getCurrent().navigate(Links.path(encoder.getRun())));
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    var rest = images.fields.show(failure.violations());
    for (Fields fields : recipe.fields()) {
      rest = fields.show(rest);
    }
    notice.show(new Failure(failure.code(), failure.message(), rest));
  }
}
