package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Chooses a split that is there, or the sizes of a new one, adding them up while they are typed. */
final class SplitForm extends Div {
  static final Split NEW = Split.getDefaultInstance();

  final Fields fields = new Fields();
  final Select<Split> existing = fields.choice("split", "Split", List.of(NEW), NEW, "");
  final IntegerField shared = fields.whole("shared", "Shared", 3000, "seen by f and g");
  final IntegerField candidate = fields.whole("candidate", "Candidate", 1000, "seen by f alone");
  final IntegerField independent = fields.whole("independent", "Independent", 1000, "seen by g alone; as many as candidates");
  final IntegerField external = fields.whole("external", "External", 1000, "seen by neither");
  final IntegerField publicSet = fields.whole("public_set", "Public", 4000, "labeled, known to the adversary; 0 for no attack");
  final IntegerField seed = fields.whole("seed", "Seed", 0, "");
  final TextField id = fields.text("split_id", "Id", "", "Made up if empty. Lower-case letters, digits, dashes.");
  final Span sum = new Span();
  private OptionalLong images = OptionalLong.empty();

  SplitForm() {
    existing.setItemLabelGenerator(split -> split == NEW ? "Make a new one" : Names.id(split.getName()) + " — " + sizes(split.getSpec()));
    existing.addValueChangeListener(_ -> refresh());
    sizes().forEach(field -> {
      field.setValueChangeMode(ValueChangeMode.EAGER);
      field.addValueChangeListener(_ -> refresh());
    });
    sum.addClassName("sum");
    sum.getElement().setAttribute("aria-live", "polite");
    add(fields, sum);
    refresh();
  }

  /** Offers these splits of the data set and says how many images it has, if that is known. */
  void offer(List<Split> splits, OptionalLong images) {
    this.images = images;
    List<Split> items = new ArrayList<>(splits);
    items.addFirst(NEW);
    Split before = existing.getValue();
    existing.setItems(items);
    existing.setValue(items.contains(before) ? before : NEW);
    refresh();
  }

  /** Takes these sizes. */
  void set(CreateSplitSpec spec) {
    shared.setValue(spec.getShared());
    candidate.setValue(spec.getCandidate());
    independent.setValue(spec.getIndependent());
    external.setValue(spec.getExternal());
    publicSet.setValue(spec.getPublicSet());
    seed.setValue(Math.toIntExact(spec.getSeed()));
  }

  /** Name of the split chosen; empty if a new one is to be made. */
  Optional<String> chosen() {
    return existing.getValue() == NEW || existing.getValue() == null ? Optional.empty() : Optional.of(existing.getValue().getName());
  }

  /** The request that makes the split, without a request id. */
  CreateSplitRequest request(String dataset) {
    return CreateSplitRequest.newBuilder().setSplitId(id.getValue().strip()).setSpec(CreateSplitSpec.newBuilder()
        .setDataset(dataset).setSeed(Fields.or(seed, 0)).setShared(Fields.or(shared, 0)).setCandidate(Fields.or(candidate, 0))
        .setIndependent(Fields.or(independent, 0)).setExternal(Fields.or(external, 0)).setPublicSet(Fields.or(publicSet, 0))).build();
  }

  /** What is said of the sum of the sizes. */
  static String sumText(long sum, OptionalLong images) {
    if (images.isEmpty()) {
      return Numbers.count(sum, "image") + " in all.";
    }
    long left = images.getAsLong() - sum;
    return Numbers.count(sum) + " of " + Numbers.count(images.getAsLong(), "image") + (left < 0
        ? ": " + Numbers.count(-left) + " too many." : left == 0 ? "." : "; " + Numbers.count(left) + " stay unused.");
  }

  private void refresh() {
    boolean fresh = chosen().isEmpty();
    List<IntegerField> sizes = sizes();
    sizes.forEach(field -> field.setVisible(fresh));
    seed.setVisible(fresh);
    id.setVisible(fresh);
    sum.setVisible(fresh);
    long total = sizes.stream().mapToLong(field -> Fields.or(field, 0)).sum();
    sum.setText(sumText(total, images));
    sum.getElement().setAttribute("data-fits", String.valueOf(images.isEmpty() || total <= images.getAsLong()));
  }

  private List<IntegerField> sizes() {
    return List.of(shared, candidate, independent, external, publicSet);
  }

  private static String sizes(CreateSplitSpec spec) {
    return spec.getShared() + " shared, " + spec.getCandidate() + " candidates, " + spec.getExternal() + " external, "
        + spec.getPublicSet() + " public";
  }
}
