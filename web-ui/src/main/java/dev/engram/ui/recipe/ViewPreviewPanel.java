package dev.engram.ui.recipe;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.ListImagesRequest;
import dev.engram.v1.PreviewViewsRequest;
import dev.engram.v1.PreviewViewsResponse;
import dev.engram.v1.PreviewedImage;
import dev.engram.v1.PreviewedView;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows the views that a training by the recipe as it stands would draw of some images. */
public final class ViewPreviewPanel extends Div {
  private static final int FIRST_IMAGES = 4;
  private static final String FORM_PATH = "recipe.augmentation_values";

  private final Services services;
  private final RecipeForm recipe;
  private final Supplier<Optional<String>> dataset;
  private final Fields fields = new Fields();
  final TextField images = fields.text("image_ids", "Images to preview", "", "ids, separated by commas; empty: the first of the data set");
  final IntegerField epoch = fields.whole("epoch", "Epoch", 0, "counted from 0; every epoch draws anew");
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "data set", this::refused);
  private final Div pictures = new Div();

  /** @param dataset name of the data set that is chosen, if one is there already */
  public ViewPreviewPanel(Services services, RecipeForm recipe, Supplier<Optional<String>> dataset) {
    this.services = services;
    this.recipe = recipe;
    this.dataset = dataset;
    addClassNames("view-preview", "stack-small");
    pictures.addClassName("previewed-images");
    pictures.getElement().setAttribute("aria-live", "polite");
    add(fields, new Div(new Button("Preview the views", _ -> preview())), notice, pictures);
  }

  private void preview() {
    notice.clear();
    pictures.removeAll();
    fields.clear();
    recipe.fields().forEach(Fields::clear);
    if (dataset.get().isEmpty()) {
      notice.show("A preview needs a data set that is registered: choose one above.", List.of());
      return;
    }
    if (!images.getValue().matches("[,\\s]*(\\d{1,18}[,\\s]*)*")) {
      images.setErrorMessage("Whole numbers, separated by commas.");
      images.setInvalid(true);
      return;
    }
    if (!recipe.views.readable() || recipe.augmentation().isEmpty()) {
      notice.show("Some values of the views cannot be read; see their fields.", List.of());
      return;
    }
    List<Long> ids = Texts.list(images.getValue()).stream().map(Long::valueOf).toList();
    String name = dataset.get().get();
    if (!ids.isEmpty()) {
      ask(name, ids);
      return;
    }
    calls.ask(services.datasets().listImages(ListImagesRequest.newBuilder().setDataset(name).setPageSize(FIRST_IMAGES).build()),
        page -> ask(name, page.getImagesList().stream().map(image -> image.getImageId()).toList()));
  }

  private void ask(String name, List<Long> ids) {
    PreviewViewsRequest request = PreviewViewsRequest.newBuilder().setDataset(name).addAllImageIds(ids)
        .setAugmentation(recipe.augmentation().orElseThrow()).setSeed(recipe.seed()).setEpoch(Fields.or(epoch, 0)).build();
    calls.ask(services.datasets().previewViews(request), answer -> show(name, answer));
  }

  private void show(String name, PreviewViewsResponse answer) {
    Paragraph words = new Paragraph("The views of epoch " + Fields.or(epoch, 0) + " by seed " + recipe.seed() + " of " + Names.id(name)
        + ", as the training draws them, before normalization.");
    words.addClassName("explain");
    pictures.removeAll();
    pictures.add(words);
    answer.getImagesList().forEach(image -> pictures.add(row(image)));
  }

  private static Div row(PreviewedImage image) {
    Div row = new Div(picture(image.getPng(), "image " + image.getImageId(), "Image " + image.getImageId()));
    row.addClassName("previewed");
    for (PreviewedView view : image.getViewsList()) {
      String where = "group " + (view.getGroup() + 1) + ", view " + (view.getView() + 1);
      row.add(picture(view.getPng(), (view.getGroup() + 1) + "." + (view.getView() + 1), "Image " + image.getImageId() + ", " + where));
    }
    return row;
  }

  private static Div picture(ByteString png, String caption, String title) {
    Image image = new Image("data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray()), title);
    image.setTitle(title);
    Div picture = new Div(image, new Span(caption));
    picture.addClassName("picture");
    return picture;
  }

  private void refused(Failure failure) {
    List<FieldViolation> rest = failure.violations().stream().map(violation -> violation.toBuilder()
        .setField(violation.getField().replaceFirst("^augmentation(?=\\.|$)", FORM_PATH)).build()).toList();
    rest = fields.show(rest);
    for (Fields form : recipe.fields()) {
      rest = form.show(rest);
    }
    notice.show(new Failure(failure.code(), failure.message(), rest));
  }
}
