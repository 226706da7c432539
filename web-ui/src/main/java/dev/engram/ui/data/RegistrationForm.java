package dev.engram.ui.data;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.BoxSource;
import dev.engram.v1.BundledSource;
import dev.engram.v1.Cifar100Source;
import dev.engram.v1.Cifar10Source;
import dev.engram.v1.CifarPart;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.Dataset;
import dev.engram.v1.DerivedSource;
import dev.engram.v1.Geometry;
import dev.engram.v1.IdRange;
import dev.engram.v1.IdxSource;
import dev.engram.v1.ImageFolderSource;
import dev.engram.v1.Interpolation;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.TinyImageNetSource;
import dev.engram.v1.WebDatasetSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Describes a data set to be registered: any source, how its images come to one shape, what happens to unreadable ones. */
public final class RegistrationForm extends Div {
  /** Where a data set comes from. */
  public enum Source {
    BUNDLED("Fashion-MNIST, bundled"), COMPOSED("Known answer, composed"), CIFAR10("CIFAR-10 files"), CIFAR100("CIFAR-100 files"),
    IMAGE_FOLDER("Folder of pictures"), TINY_IMAGE_NET("Tiny-ImageNet"), WEB_DATASET("WebDataset shards"), IDX("IDX files"),
    DERIVED("Noise in another data set");

    final String title;

    Source(String title) {
      this.title = title;
    }
  }

  static final String FASHION = "fashion-mnist-test";
  private static final String PATH_HELP = "absolute, as the workers see it, or s3://bucket/name";

  private final Fields about = new Fields();
  final Select<Source> source = about.choice("source", "From", List.of(Source.values()), Source.BUNDLED, "");
  final TextField displayName = about.text("display_name", "Name for people", "Fashion-MNIST, test set", "at most 100 characters");
  final TextField id = about.text("dataset_id", "Id", "", "Made up if empty. Lower-case letters, digits, dashes.");
  private final Fields values = new Fields();
  final TextField idxImages = values.text("idx.images", "Images", "", "IDX file, plain or gzip; " + PATH_HELP);
  final TextField idxLabels = values.text("idx.labels", "Labels", "", "IDX file of labels");
  final TextField idxClasses = values.text("idx.class_names", "Class names", "", "in the order of the labels, separated by commas; empty: the labels");
  final TextField cifar10Path = values.text("cifar10.path", "Path", "", "a folder of .bin files, or the .tar.gz; " + PATH_HELP);
  final Select<CifarPart> cifar10Part = part("cifar10.part");
  final TextField cifar100Path = values.text("cifar100.path", "Path", "", "a folder of .bin files, or the .tar.gz; " + PATH_HELP);
  final Select<CifarPart> cifar100Part = part("cifar100.part");
  final Checkbox coarse = values.check("cifar100.coarse_labels", "The 20 superclasses", false);
  final TextField folderPath = values.text("image_folder.path", "Folder", "", "class = sub-folder; JPEG and PNG; " + PATH_HELP);
  final TextField folderTable = values.text("image_folder.table", "Table", "", "CSV with file and class; empty: none");
  final TextField boxesVoc = values.text("image_folder.boxes.voc", "Boxes, PASCAL VOC", "", "folder of XML annotations; empty: none");
  final TextField boxesCsv = values.text("image_folder.boxes.csv", "Boxes, CSV", "", "file, xmin, ymin, xmax, ymax; empty: none");
  final TextField boxesPrefix = values.text("image_folder.boxes.column_prefix", "Prefix of the columns", "", "e.g. body_ for body_xmin …");
  final TextField tinyPath = values.text("tiny_image_net.path", "Folder", "", "unpacked; " + PATH_HELP);
  final Select<TinyImageNetSource.Part> tinyPart = values.choice("tiny_image_net.part", "Part",
      List.of(TinyImageNetSource.Part.ALL, TinyImageNetSource.Part.TRAIN, TinyImageNetSource.Part.VAL), TinyImageNetSource.Part.ALL, "");
  final TextField webPath = values.text("web_dataset.path", "Shards", "", "a tar file or a folder of them; " + PATH_HELP);
  final TextField webClasses = values.text("web_dataset.class_names", "Class names", "", "in the order of the labels, separated by commas; empty: the labels");
  final IntegerField composedImages = values.whole("composed.images", "Images", 4000, "100 to 10,000");
  final NumberField composedCorrelation = values.decimal("composed.correlation", "Correlation", 0.0,
      "how much the background tells of the class: 0 nothing, 1 all");
  final TextField composedRepeats = values.text("composed.repeats", "Visits an epoch", "",
      "counts, separated by commas, e.g. 1, 2, 5, 10: dealt evenly over the images; empty: each once");
  final IntegerField composedSeed = values.whole("composed.seed", "Seed", 0, "");
  final Select<Dataset> derivedFrom = values.choice("derived.dataset", "Data set", List.of(), null, "images and ids are its own");
  final NumberField inputNoise = values.decimal("derived.input_noise", "Share of noisy images", 1.0, "0 to 1; 1 is RandX: pixels become Gaussian noise");
  final NumberField labelNoise = values.decimal("derived.label_noise", "Share of noisy labels", 0.0, "0 to 1; 1 is RandY: labels are drawn anew");
  final Checkbox mayKeep = values.check("derived.may_keep_label", "A new label may by chance be the old one", true);
  final Select<DerivedSource.Moments> moments = values.choice("derived.moments", "Moments of the noise over",
      List.of(DerivedSource.Moments.PER_CHANNEL, DerivedSource.Moments.OVERALL, DerivedSource.Moments.PER_PIXEL), DerivedSource.Moments.PER_CHANNEL, "");
  final TextField only = values.text("derived.only", "Only images", "", "from–to, e.g. 0–49999; empty: all");
  final IntegerField derivedSeed = values.whole("derived.seed", "Seed", 0, "");
  private final Fields shape = new Fields();
  final Select<Geometry.Method> method = shape.choice("geometry.method", "To one shape by", List.of(Geometry.Method.METHOD_UNSPECIFIED,
      Geometry.Method.PAD, Geometry.Method.CENTER_CROP, Geometry.Method.SQUASH), Geometry.Method.METHOD_UNSPECIFIED, "");
  final IntegerField side = shape.whole("geometry.side", "Side", null, "pixels, 8 to 1024; empty: the source's own");
  final IntegerField resize = shape.whole("geometry.resize", "Shorter side before the crop", null, "pixels; empty: the side");
  final Select<Interpolation> interpolation = shape.choice("geometry.interpolation", "Interpolation",
      List.of(Interpolation.BILINEAR, Interpolation.BICUBIC), Interpolation.BILINEAR, "always antialiased");
  final Select<RegisterDatasetSpec.Unreadable> unreadable = shape.choice("unreadable", "An image that cannot be read",
      List.of(RegisterDatasetSpec.Unreadable.LIST, RegisterDatasetSpec.Unreadable.FAIL), RegisterDatasetSpec.Unreadable.LIST, "");
  private final Map<Source, List<Component>> own = new EnumMap<>(Map.of(
      Source.BUNDLED, List.of(),
      Source.COMPOSED, List.of(composedImages, composedCorrelation, composedRepeats, composedSeed),
      Source.CIFAR10, List.of(cifar10Path, cifar10Part),
      Source.CIFAR100, List.of(cifar100Path, cifar100Part, coarse),
      Source.IMAGE_FOLDER, List.of(folderPath, folderTable, boxesVoc, boxesCsv, boxesPrefix),
      Source.TINY_IMAGE_NET, List.of(tinyPath, tinyPart),
      Source.WEB_DATASET, List.of(webPath, webClasses),
      Source.IDX, List.of(idxImages, idxLabels, idxClasses),
      Source.DERIVED, List.of(derivedFrom, inputNoise, labelNoise, mayKeep, moments, only, derivedSeed)));
  private Runnable changed = () -> { };

  public RegistrationForm() {
    source.setItemLabelGenerator(value -> value.title);
    tinyPart.setItemLabelGenerator(value -> Names.words(value.name()));
    moments.setItemLabelGenerator(value -> Names.words(value.name()));
    derivedFrom.setItemLabelGenerator(value -> Names.id(value.getName()));
    interpolation.setItemLabelGenerator(value -> Names.words(value.name()));
    unreadable.setItemLabelGenerator(value -> value == RegisterDatasetSpec.Unreadable.FAIL ? "ends the run" : "is left out and listed");
    method.setItemLabelGenerator(value -> value == Geometry.Method.METHOD_UNSPECIFIED ? "the source's own way" : Names.words(value.name()));
    source.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        displayName.setValue(change.getValue() == Source.BUNDLED ? "Fashion-MNIST, test set" : change.getValue() == Source.COMPOSED ? "Known answer" : "");
      }
      refresh();
    });
    composedImages.addValueChangeListener(_ -> changed.run());
    derivedFrom.addValueChangeListener(_ -> changed.run());
    add(about, values, shape);
    refresh();
  }

  /** Calls this whenever the number of images may have changed. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  /** Offers these data sets as what others are derived from. */
  public void offer(List<Dataset> datasets) {
    derivedFrom.setItems(datasets);
  }

  /** How many images it will have, if that is known before it is read. */
  public OptionalLong images() {
    return switch (source.getValue()) {
      case BUNDLED -> OptionalLong.of(10_000);
      case COMPOSED -> composedImages.getValue() == null ? OptionalLong.empty() : OptionalLong.of(composedImages.getValue());
      case DERIVED -> derivedFrom.getValue() == null || !derivedFrom.getValue().hasSummary() ? OptionalLong.empty()
          : OptionalLong.of(derivedFrom.getValue().getSummary().getImages());
      case IDX, CIFAR10, CIFAR100, IMAGE_FOLDER, TINY_IMAGE_NET, WEB_DATASET -> OptionalLong.empty();
    };
  }

  /** Whether what is typed can be read; if not, says so at the fields. */
  public boolean readable() {
    boolean readable = only.getValue().isBlank() || only.getValue().matches("\\s*\\d{1,12}\\s*[-–]\\s*\\d{1,12}\\s*");
    only.setErrorMessage("Two image ids with a dash between, e.g. 0–49999.");
    only.setInvalid(!readable);
    boolean counts = list(composedRepeats).stream().allMatch(count -> count.matches("\\d{1,6}"));
    composedRepeats.setErrorMessage("Whole numbers, separated by commas.");
    composedRepeats.setInvalid(!counts);
    return readable && counts;
  }

  /** The request that registers what is described, without a request id. */
  public CreateDatasetRequest request() {
    RegisterDatasetSpec.Builder spec = RegisterDatasetSpec.newBuilder().setDisplayName(text(displayName));
    switch (source.getValue()) {
      case BUNDLED -> spec.setBundled(BundledSource.newBuilder().setId(FASHION));
      case COMPOSED -> spec.setComposed(ComposedSource.newBuilder().setImages(Fields.or(composedImages, 0)).setSeed(Fields.or(composedSeed, 0))
          .setCorrelation(Fields.or(composedCorrelation, 0.0)).addAllRepeats(list(composedRepeats).stream().map(Integer::valueOf).toList()));
      case CIFAR10 -> spec.setCifar10(Cifar10Source.newBuilder().setPath(text(cifar10Path)).setPart(cifar10Part.getValue()));
      case CIFAR100 -> spec.setCifar100(Cifar100Source.newBuilder().setPath(text(cifar100Path)).setPart(cifar100Part.getValue())
          .setCoarseLabels(coarse.getValue()));
      case IMAGE_FOLDER -> spec.setImageFolder(folder());
      case TINY_IMAGE_NET -> spec.setTinyImageNet(TinyImageNetSource.newBuilder().setPath(text(tinyPath)).setPart(tinyPart.getValue()));
      case WEB_DATASET -> spec.setWebDataset(WebDatasetSource.newBuilder().setPath(text(webPath)).addAllClassNames(list(webClasses)));
      case IDX -> spec.setIdx(IdxSource.newBuilder().setImages(text(idxImages)).setLabels(text(idxLabels)).addAllClassNames(list(idxClasses)));
      case DERIVED -> spec.setDerived(derived());
    }
    if (source.getValue() != Source.DERIVED) {
      geometry(spec);
    }
    return CreateDatasetRequest.newBuilder().setDatasetId(text(id)).setSpec(spec).build();
  }

  /** The groups of fields, for violations. */
  public List<Fields> fields() {
    return List.of(about, values, shape);
  }

  private ImageFolderSource folder() {
    ImageFolderSource.Builder folder = ImageFolderSource.newBuilder().setPath(text(folderPath)).setTable(text(folderTable));
    if (!boxesVoc.getValue().isBlank()) {
      folder.setBoxes(BoxSource.newBuilder().setVoc(text(boxesVoc)));
    }
    if (!boxesCsv.getValue().isBlank()) {
      folder.setBoxes(BoxSource.newBuilder().setCsv(text(boxesCsv)).setColumnPrefix(text(boxesPrefix)));
    }
    return folder.build();
  }

  private DerivedSource derived() {
    DerivedSource.Builder derived = DerivedSource.newBuilder().setSeed(Fields.or(derivedSeed, 0)).setInputNoise(Fields.or(inputNoise, 0.0))
        .setLabelNoise(Fields.or(labelNoise, 0.0)).setMayKeepLabel(mayKeep.getValue()).setMoments(moments.getValue());
    if (derivedFrom.getValue() != null) {
      derived.setDataset(derivedFrom.getValue().getName());
    }
    if (!only.getValue().isBlank()) {
      String[] ends = only.getValue().strip().split("\\s*[-–]\\s*");
      derived.setOnly(IdRange.newBuilder().setFrom(Long.parseLong(ends[0])).setTo(Long.parseLong(ends[1]) + 1));
    }
    return derived.build();
  }

  private void geometry(RegisterDatasetSpec.Builder spec) {
    Geometry.Builder geometry = Geometry.newBuilder().setMethod(method.getValue()).setSide(Fields.or(side, 0)).setResize(Fields.or(resize, 0));
    if (interpolation.getValue() != Interpolation.BILINEAR) {
      geometry.setInterpolation(interpolation.getValue());
    }
    if (!geometry.build().equals(Geometry.getDefaultInstance())) {
      spec.setGeometry(geometry);
    }
    if (unreadable.getValue() == RegisterDatasetSpec.Unreadable.FAIL) {
      spec.setUnreadable(unreadable.getValue());
    }
  }

  private void refresh() {
    own.values().forEach(fields -> fields.forEach(field -> field.setVisible(false)));
    own.get(source.getValue()).forEach(field -> field.setVisible(true));
    shape.setVisible(source.getValue() != Source.DERIVED && source.getValue() != Source.BUNDLED && source.getValue() != Source.COMPOSED);
    changed.run();
  }

  private Select<CifarPart> part(String path) {
    Select<CifarPart> part = values.choice(path, "Part", List.of(CifarPart.CIFAR_ALL, CifarPart.CIFAR_TRAIN, CifarPart.CIFAR_TEST), CifarPart.CIFAR_ALL, "");
    part.setItemLabelGenerator(value -> Names.words(value.name()).replace("cifar ", ""));
    return part;
  }

  private static String text(AbstractField<?, String> field) {
    return field.getValue().strip();
  }

  private static List<String> list(TextField field) {
    return Arrays.stream(field.getValue().split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }
}
