package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.data.RegistrationForm;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Chooses a data set that is there, or describes a new one. */
final class DatasetForm extends Div {
  static final Dataset NEW = Dataset.getDefaultInstance();

  private final Fields choices = new Fields();
  final Select<Dataset> existing = choices.choice("dataset", "Data set", List.of(NEW), NEW, "");
  final RegistrationForm registration = new RegistrationForm();
  private Runnable changed = () -> { };

  DatasetForm() {
    existing.setItemLabelGenerator(dataset -> dataset == NEW ? "Register a new one"
        : Names.id(dataset.getName()) + " — " + dataset.getSpec().getDisplayName());
    existing.addValueChangeListener(_ -> refresh());
    registration.onChange(() -> changed.run());
    add(choices, registration);
    refresh();
  }

  /** Calls this whenever the number of images may have changed. */
  void onChange(Runnable listener) {
    changed = listener;
  }

  /** Offers these data sets; chooses the one named, otherwise the largest. */
  void offer(List<Dataset> datasets, String chosen) {
    List<Dataset> items = new ArrayList<>(datasets);
    items.add(NEW);
    existing.setItems(items);
    registration.offer(datasets);
    existing.setValue(datasets.stream().filter(dataset -> dataset.getName().equals(chosen)).findFirst()
        .or(() -> datasets.stream().max(Comparator.comparingLong(dataset -> dataset.getSummary().getImages()))).orElse(NEW));
  }

  /** Name of the data set chosen; empty if a new one is described. */
  Optional<String> chosen() {
    return existing.getValue() == NEW || existing.getValue() == null ? Optional.empty() : Optional.of(existing.getValue().getName());
  }

  /** How many images it has or will have, if that is known. */
  OptionalLong images() {
    if (chosen().isPresent()) {
      return existing.getValue().hasSummary() ? OptionalLong.of(existing.getValue().getSummary().getImages()) : OptionalLong.empty();
    }
    return registration.images();
  }

  /** The request that registers what is described, without a request id. */
  CreateDatasetRequest request() {
    return registration.request();
  }

  /** The groups of fields, for violations. */
  List<Fields> fields() {
    List<Fields> all = new ArrayList<>(registration.fields());
    all.add(choices);
    return all;
  }

  private void refresh() {
    registration.setVisible(chosen().isEmpty());
    changed.run();
  }
}
