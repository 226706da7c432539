package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
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
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.recipe.RecipeForm;
import dev.engram.ui.recipe.ViewPreviewPanel;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CompleteRecipeRequest;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.GetTrainingVocabularyRequest;
import dev.engram.v1.ListAugmentationsRequest;
import dev.engram.v1.ListDatasetsRequest;
import dev.engram.v1.ListEncodersRequest;
import dev.engram.v1.ListRecipesRequest;
import dev.engram.v1.ListSplitsRequest;
import dev.engram.v1.Split;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Starts a new pair: data set, split, recipe; what is not there yet is made first. */
@Route(NewPairView.PATH)
@PageTitle("New pair · Engram")
public class NewPairView extends Div implements BeforeEnterObserver {
  /** Path of this page. */
  public static final String PATH = "new-pair";

  private final Services services;
  private final DatasetForm dataset = new DatasetForm();
  private final SplitForm split = new SplitForm();
  private final RecipeForm recipe = new RecipeForm();
  private final Section parts = new Section("2. Split", split);
  private final RadioButtonGroup<Boolean> existing = new RadioButtonGroup<>();
  private final ExistingEncodersForm encoders = new ExistingEncodersForm();
  private final Fields pairFields = new Fields();
  private final TextField pairId = pairFields.text("pair_id", "Id of the pair", "", "Made up if empty. Lower-case letters, digits, dashes.");
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "trainer", notice::show);
  private final Calls data = new Calls(this, "data set", notice::show);
  private final RequestIds ids = new RequestIds();
  private final Map<Message, String> made = new HashMap<>();
  private final Button start = new Button("Train both encoders", _ -> start());
  private final Span doing = new Span();
  private List<Split> splits = List.of();

  @Inject
  public NewPairView(Services services) {
    this.services = services;
    addClassNames("page", "form-page");
    recipe.addBelowViews(new ViewPreviewPanel(services, recipe, () -> dataset.chosen()));
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    doing.addClassName("quiet");
    Div submit = new Div(start, doing);
    submit.addClassName("actions");
    add(new PageHeader("New pair", "Two encoders by one recipe: f sees shared and candidate images, g shared and independent ones."),
        new Section("1. Data set", dataset),
        parts,
        new Section("3. Encoders", existing, encoders, recipe),
        new Section("4. Start", pairFields, notice, submit));
    existing.setAriaLabel("Encoders");
    existing.setItems(false, true);
    existing.setItemLabelGenerator(taken -> taken ? "Take existing ones" : "Train both by a recipe");
    existing.addValueChangeListener(_ -> refresh());
    existing.setValue(false);
    dataset.onChange(this::offerSplits);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    UrlState url = UrlState.of(event.getLocation());
    existing.setValue(!url.get("candidate").isEmpty());
    data.ask(services.datasets().listDatasets(ListDatasetsRequest.newBuilder().setPageSize(1000).build()),
        answer -> dataset.offer(answer.getDatasetsList(), "datasets/" + url.get("dataset")));
    calls.ask(services.trainer().listEncoders(ListEncodersRequest.newBuilder().setPageSize(1000).build()),
        answer -> {
          encoders.offer(answer.getEncodersList());
          encoders.choose("encoders/" + url.get("candidate"), "encoders/" + url.get("reference"));
          split.offerEncoders(answer.getEncodersList());
        });
    data.ask(services.datasets().listSplits(ListSplitsRequest.newBuilder().setPageSize(1000).build()), answer -> {
      splits = answer.getSplitsList();
      offerSplits();
    });
    calls.ask(services.trainer().getTrainingVocabulary(GetTrainingVocabularyRequest.getDefaultInstance()), vocabulary -> {
      recipe.offer(vocabulary);
      data.ask(services.datasets().listAugmentations(ListAugmentationsRequest.getDefaultInstance()),
          answer -> recipe.offerViews(answer.getAugmentationsList()));
      calls.ask(services.trainer().listRecipes(ListRecipesRequest.getDefaultInstance()), answer ->
          recipe.offer(answer.getRecipesList(), named -> {
            if (named.hasSplit()) {
              split.set(named.getSplit());
            }
          }));
    });
  }

  private void refresh() {
    boolean taken = Boolean.TRUE.equals(existing.getValue());
    encoders.setVisible(taken);
    recipe.setVisible(!taken);
    parts.explain(taken ? "It must say which images f and g were trained on: for encoders trained elsewhere by published lists; one that is drawn here "
        + "by a seed fits encoders that were trained on it." : "Drawn class by class in the data set's proportions; exact duplicates are left out.");
    start.setText(taken ? "Make the pair" : "Train both encoders");
  }

  private void offerSplits() {
    String name = dataset.chosen().orElse("");
    split.offer(splits.stream().filter(one -> one.getSpec().getDataset().equals(name)).toList(), dataset.images());
  }

  private void start() {
    notice.clear();
    List.of(split.fields, pairFields, encoders.fields).forEach(Fields::clear);
    dataset.fields().forEach(Fields::clear);
    recipe.fields().forEach(Fields::clear);
    if (!existing.getValue() && !recipe.readable() | (dataset.chosen().isEmpty() && !dataset.registration.readable())) {
      notice.show("Some values cannot be read; see their fields.", List.of());
      return;
    }
    start.setEnabled(false);
    if (existing.getValue()) {
      makeParts();
      return;
    }
    doing.setText("Checking the recipe…");
    calls.ask(services.trainer().completeRecipe(CompleteRecipeRequest.newBuilder().setRecipe(recipe.recipe()).build()), _ -> makeParts(),
        failure -> refused(failure, recipe.fields().toArray(Fields[]::new)));
  }

  /** Nothing is made before the recipe is known to be good. */
  private void makeParts() {
    dataset.chosen().ifPresentOrElse(this::makeSplit, this::makeDataset);
  }

  private void makeDataset() {
    CreateDatasetRequest request = dataset.request();
    doing.setText("Registering the data set…");
    step(request, next -> data.ask(services.datasets().createDataset(request.toBuilder().setRequestId(ids.of(request)).build()),
        answer -> next.accept(answer.getName()), failure -> refused(failure, dataset.fields().toArray(Fields[]::new))), this::makeSplit);
  }

  private void makeSplit(String datasetName) {
    if (split.chosen().isPresent()) {
      makePair(split.chosen().get());
      return;
    }
    CreateSplitRequest request = split.request(datasetName);
    doing.setText("Making the split…");
    step(request, next -> data.ask(services.datasets().createSplit(request.toBuilder().setRequestId(ids.of(request)).build()),
        answer -> next.accept(answer.getName()), failure -> refused(failure, split.fields)), this::makePair);
  }

  private void makePair(String splitName) {
    CreatePairRequest.Builder pair = CreatePairRequest.newBuilder().setPairId(pairId.getValue().strip()).setSplit(splitName);
    CreatePairRequest request = existing.getValue() ? pair.setCandidate(encoders.f()).setReference(encoders.g()).build()
        : pair.setRecipe(recipe.recipe()).build();
    doing.setText(existing.getValue() ? "Making the pair…" : "Starting the trainings…");
    calls.ask(services.trainer().createPair(request.toBuilder().setRequestId(ids.of(request)).build()),
        made -> UI.getCurrent().navigate(Links.path(made.getName())), failure -> refused(failure, Stream.concat(recipe.fields().stream(), Stream.of(pairFields, encoders.fields, split.fields)).toArray(Fields[]::new)));
  }

  /** Does a step once: what was made stays made when a later step is refused and all is sent again. */
  private void step(Message request, Consumer<Consumer<String>> make, Consumer<String> next) {
    if (made.containsKey(request)) {
      next.accept(made.get(request));
      return;
    }
    make.accept(name -> {
      made.put(request, name);
      next.accept(name);
    });
  }

  private void refused(Failure failure, Fields... forms) {
    start.setEnabled(true);
    doing.setText("");
    var rest = failure.violations();
    for (Fields form : forms) {
      rest = form.show(rest);
    }
    notice.show(new Failure(failure.code(), failure.message(), rest));
  }
}
