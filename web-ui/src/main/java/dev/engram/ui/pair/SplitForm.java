package dev.engram.ui.pair;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.BoxPartition;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Encoder;
import dev.engram.v1.NearDuplicates;
import dev.engram.v1.PublishedLists;
import dev.engram.v1.Split;
import dev.engram.v1.SplitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Chooses a split that is there, or the sizes of a new one, adding them up while they are typed. */
final class SplitForm extends Div {
  static final Split NEW = Split.getDefaultInstance();

  final Fields fields = new Fields();
  final Select<Split> existing = fields.choice("split", "Split", List.of(NEW), NEW, "");
  final Select<Way> way = fields.choice("maker", "How images are chosen", List.of(Way.values()), Way.SIZES, "");
  final IntegerField perClass = fields.whole("partition.per_class", "Training images a class", 100, "of each encoder; those with boxes are attacked");
  final IntegerField publicPerClass = fields.whole("partition.public_per_class", "Public set of", null,
      "empty: as above. A larger number keeps splits of several sizes comparable");
  final IntegerField externalPerClass = fields.whole("partition.external_per_class", "External points a class", 20, "taken from the public set");
  final TextField lists = fields.text("lists.path", "Folder of the lists", "", "bbox_A.npy, bbox_B.npy, shared.npy, public.npy; absolute path or s3://");
  final IntegerField shared = fields.whole("shared", "Shared", 3000, "seen by f and g");
  final IntegerField candidate = fields.whole("candidate", "Candidate", 1000, "seen by f alone");
  final IntegerField independent = fields.whole("independent", "Independent", 1000, "seen by g alone; as many as candidates");
  final IntegerField external = fields.whole("external", "External", 1000, "seen by neither");
  final IntegerField publicSet = fields.whole("public_set", "Public", 4000, "labeled, known to the adversary; 0 for no attack");
  final Select<Near> near = fields.choice("near_duplicates", "Near duplicates", List.of(Near.values()), Near.KEEP,
      "public images that nearly show a training image");
  final ComboBox<String> nearEncoder = fields.pick("near_duplicates.encoder", "Compared by", List.of(), Names::id,
      "empty: by pixels at 16×16 (root mean square); an encoder: by the cosine distance of its features");
  final NumberField nearDistance = fields.decimal("near_duplicates.distance", "Nearer than", null, "of pixels, empty: 0.05; what is near for an encoder depends on it: name them first");
  final IntegerField seed = fields.whole("seed", "Seed", 0, "");
  final TextField id = fields.text("split_id", "Id", "", "Made up if empty. Lower-case letters, digits, dashes.");
  final Span sum = new Span();
  private OptionalLong images = OptionalLong.empty();

  SplitForm() {
    existing.setItemLabelGenerator(split -> split == NEW ? "Make a new one" : Names.id(split.getName()) + " — " + words(split));
    existing.addValueChangeListener(_ -> refresh());
    way.setItemLabelGenerator(chosen -> chosen.words);
    way.addValueChangeListener(_ -> refresh());
    near.setItemLabelGenerator(chosen -> chosen.words);
    near.addValueChangeListener(_ -> refresh());
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

  /** Offers the encoders that are ready for telling which images are near to each other. */
  void offerEncoders(List<Encoder> encoders) {
    nearEncoder.setItems(encoders.stream().filter(one -> !one.getCheckpoint().isEmpty()).map(Encoder::getName).toList());
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
    CreateSplitSpec.Builder spec = CreateSplitSpec.newBuilder().setDataset(dataset).setSeed(Fields.or(seed, 0));
    switch (way.getValue()) {
      case SIZES -> spec.setShared(Fields.or(shared, 0)).setCandidate(Fields.or(candidate, 0))
          .setIndependent(Fields.or(independent, 0)).setExternal(Fields.or(external, 0)).setPublicSet(Fields.or(publicSet, 0));
      case PARTITION -> spec.setPartition(BoxPartition.newBuilder().setPerClass(Fields.or(perClass, 0))
          .setPublicPerClass(Fields.or(publicPerClass, 0)).setExternalPerClass(Fields.or(externalPerClass, 0)));
      case LISTS -> spec.setLists(PublishedLists.newBuilder().setPath(lists.getValue().strip()));
    }
    if (near.getValue() != Near.KEEP) {
      spec.setNearDuplicates(NearDuplicates.newBuilder().setEncoder(Fields.or(nearEncoder, "")).setDistance(Fields.or(nearDistance, 0.0))
          .setRemove(near.getValue() == Near.LEAVE_OUT));
    }
    return CreateSplitRequest.newBuilder().setSplitId(id.getValue().strip()).setSpec(spec).build();
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
    boolean sized = fresh && way.getValue() == Way.SIZES;
    boolean partitioned = fresh && way.getValue() == Way.PARTITION;
    sizes.forEach(field -> field.setVisible(sized));
    List.of(perClass, publicPerClass, externalPerClass).forEach(field -> field.setVisible(partitioned));
    lists.setVisible(fresh && way.getValue() == Way.LISTS);
    List.<Component>of(way, near, id).forEach(field -> field.setVisible(fresh));
    List.<Component>of(nearEncoder, nearDistance).forEach(field -> field.setVisible(fresh && near.getValue() != Near.KEEP));
    seed.setVisible(sized || partitioned);
    sum.setVisible(sized);
    long total = sizes.stream().mapToLong(field -> Fields.or(field, 0)).sum();
    sum.setText(sumText(total, images));
    sum.getElement().setAttribute("data-fits", String.valueOf(images.isEmpty() || total <= images.getAsLong()));
  }

  private List<IntegerField> sizes() {
    return List.of(shared, candidate, independent, external, publicSet);
  }

  /** The sizes asked for; where they follow from the data set, those it was made with. */
  static String words(Split split) {
    CreateSplitSpec spec = split.getSpec();
    SplitSummary made = split.getSummary();
    return switch (spec.getMakerCase()) {
      case MAKER_NOT_SET -> sizes(spec.getShared(), spec.getCandidate(), spec.getExternal(), spec.getPublicSet());
      case PARTITION, LISTS -> split.hasSummary()
          ? sizes(made.getShared(), made.getCandidate(), made.getExternal(), made.getPublicSet())
          : spec.hasPartition() ? "partition of " + spec.getPartition().getPerClass() + " a class, not made yet" : "lists, not read yet";
    };
  }

  private static String sizes(int shared, int candidate, int external, int publicSet) {
    return shared + " shared, " + candidate + " candidates, " + external + " external, " + publicSet + " public";
  }

  /** The ways of choosing images. */
  enum Way {
    SIZES("sizes of the parts"), PARTITION("class by class, by boxes"), LISTS("lists of the published code");

    private final String words;

    Way(String words) {
      this.words = words;
    }
  }

  enum Near {
    KEEP("kept"), NAME("kept and named"), LEAVE_OUT("left out and named");

    private final String words;

    Near(String words) {
      this.words = words;
    }
  }
}
