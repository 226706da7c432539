package dev.engram.ui.checkpoint;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.NetworkFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Names a file of weights and says how it is read. It knows no service. */
final class SourceForm extends Div {
  static final String NEAREST = "the nearest";

  /** Where a file is. */
  enum Kind {
    UPLOAD("Upload", "upload"), OBJECT("S3 object", "object"), PATH("Path the workers see", "path");

    final String title;
    final String value;

    Kind(String title, String value) {
      this.title = title;
      this.value = value;
    }
  }

  final RadioButtonGroup<Kind> kind = new RadioButtonGroup<>();
  final UploadField upload = new UploadField();
  final Fields fields = new Fields();
  final TextField object = fields.text("source.object", "S3 name", "", "s3://bucket/key, in any bucket the store's credentials can read");
  final TextField path = fields.text("source.path", "Path", "", "absolute, on a file system that services and workers see");
  final Fields reading = new Fields();
  final Select<String> network = reading.choice("network", "Network", List.of(NEAREST), NEAREST, "the file is held against it");
  final IntegerField side = reading.whole("side", "Side of the images", null, "pixels; empty: what the weights say, else the network's own");
  final TextField prefix = reading.text("reading.prefix", "Prefix", "", "before the encoder's names; empty: found; none: there is none");
  final TextField projector = reading.text("reading.projector_prefix", "Prefix of the projector", "", "empty: a projector in the file is left out");
  final TextField container = reading.text("reading.container", "Container", "", "where the state is, e.g. teacher; empty: the usual places");
  final Checkbox foreign = reading.check("reading.ignore_foreign", "Read the tensors of a file that names foreign classes", false);
  private final Fields options = new Fields();
  private final Map<String, TextField> optionFields = new LinkedHashMap<>();
  private List<NetworkFamily> families = List.of();
  private String uploaded = "";
  private String uploadedFile = "";

  SourceForm(BiConsumer<String, String> uploadArrived) {
    addClassName("stack-small");
    kind.setAriaLabel("Where the file is");
    kind.setItems(Kind.values());
    kind.setItemLabelGenerator(one -> one.title);
    kind.setValue(Kind.UPLOAD);
    kind.addValueChangeListener(_ -> refresh());
    network.addValueChangeListener(_ -> offerOptions(Map.of()));
    upload.onUploaded(event -> {
      uploaded = event.upload();
      uploadedFile = event.file();
      uploadArrived.accept(event.upload(), event.file());
    });
    add(kind, upload, fields, reading, options);
    refresh();
  }

  /** Offers these networks, and takes what the URL says. */
  void set(ImportState state, List<NetworkFamily> networks) {
    families = networks;
    UrlState url = state.url();
    List<String> names = new ArrayList<>(List.of(NEAREST));
    networks.forEach(one -> names.add(one.getName()));
    network.setItems(names);
    network.setValue(names.contains(url.get("network")) ? url.get("network") : NEAREST);
    side.setValue(url.number("side").isPresent() ? url.number("side").getAsInt() : null);
    prefix.setValue(url.get("prefix"));
    projector.setValue(url.get("projector"));
    container.setValue(url.get("container"));
    foreign.setValue(url.get("foreign").equals("skip"));
    uploaded = url.get("upload");
    uploadedFile = url.get("file");
    object.setValue(url.get("object"));
    path.setValue(url.get("path"));
    upload.setFile(uploadedFile);
    if (state.named()) {
      kind.setValue(!uploaded.isEmpty() ? Kind.UPLOAD : !url.get("object").isEmpty() ? Kind.OBJECT : Kind.PATH);
    }
    offerOptions(state.options());
  }

  /** The page's state with what is typed. */
  UrlState url(ImportState before) {
    String value = switch (kind.getValue()) {
      case UPLOAD -> uploaded;
      case OBJECT -> object.getValue().strip();
      case PATH -> path.getValue().strip();
    };
    UrlState url = before.withSource(kind.getValue().value, value, kind.getValue() == Kind.UPLOAD ? uploadedFile : "");
    Map<String, String> typed = new LinkedHashMap<>();
    optionFields.forEach((name, field) -> {
      if (!field.getValue().isBlank()) {
        typed.put(name, field.getValue().strip());
      }
    });
    url = new ImportState(url).withNetwork(network.getValue().equals(NEAREST) ? "" : network.getValue(), typed, Fields.or(side, 0));
    return url.with("prefix", prefix.getValue().strip()).with("projector", projector.getValue().strip())
        .with("container", container.getValue().strip()).with("foreign", foreign.getValue() ? "skip" : "");
  }

  private void offerOptions(Map<String, String> values) {
    optionFields.clear();
    options.removeAll();
    families.stream().filter(one -> one.getName().equals(network.getValue())).flatMap(one -> one.getOptionsList().stream()).forEach(option ->
        optionFields.put(option.getName(), options.text("network_options." + option.getName(), option.getName().replace('_', ' '),
            values.getOrDefault(option.getName(), ""), "empty: " + option.getDefaultValue()
                + (option.getRange().isEmpty() ? "" : "; " + option.getRange()))));
  }

  private void refresh() {
    upload.setVisible(kind.getValue() == Kind.UPLOAD);
    object.setVisible(kind.getValue() == Kind.OBJECT);
    path.setVisible(kind.getValue() == Kind.PATH);
  }

  /** All forms, for violations. */
  List<Fields> all() {
    return List.of(fields, reading, options);
  }
}
