package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.MessageFields;
import dev.engram.ui.format.Names;
import dev.engram.v1.Augmentation;
import dev.engram.v1.Pair;
import dev.engram.v1.ViewGroup;
import dev.engram.v1.ViewRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** By which augmentation a measure sees images: the pair's own, a recipe by name, that of another pair's training, or values of one's own. */
final class ViewsChoice extends Div {
  static final String OWN_VALUES = "values of one's own";

  final Select<String> choice;
  final MessageFields values = new MessageFields("augmentation_values",
      part -> part instanceof ViewGroup ? "views" : part instanceof ViewRecipe ? "what happens to a view" : "", Set.of("name", "source", "normalization", "views"), Map.of());

  /** @param fields that the choice is put among; the values are this component */
  ViewsChoice(Fields fields, String label) {
    choice = fields.choice("augmentation", label, items(List.of()), Augmentations.TRAINED, "");
    choice.setItemLabelGenerator(ViewsChoice::words);
    choice.addValueChangeListener(change -> values.setVisible(OWN_VALUES.equals(change.getValue())));
    values.show(beginning(Pair.getDefaultInstance()));
    values.setVisible(false);
    add(values);
  }

  /** Offers other pairs' views, and the values of the pair's own to begin with. */
  void offer(Pair own, List<Pair> pairs) {
    String before = choice.getValue();
    List<String> others = pairs.stream().map(Pair::getName).filter(name -> !name.equals(own.getName())).toList();
    choice.setItems(items(others));
    choice.setValue(before);
    if (!before.equals(OWN_VALUES)) {
      values.show(beginning(own));
    }
  }

  /** Chooses what a spec says; values of its own are not a preset's. */
  void set(String name) {
    choice.setValue(Augmentations.choice(name));
  }

  /** What a request says by name; empty for the training's and for values. */
  String name() {
    return isValued() ? "" : Augmentations.id(choice.getValue());
  }

  /** What a request says by value. */
  Optional<Augmentation> values() {
    return isValued() ? Optional.of((Augmentation) values.message()) : Optional.empty();
  }

  /** Whether the values can be read; if not, says so at the fields. */
  boolean readable() {
    return !isValued() || values.readable();
  }

  private boolean isValued() {
    return choice.getValue().equals(OWN_VALUES);
  }

  private static List<String> items(List<String> pairs) {
    List<String> items = new ArrayList<>(Augmentations.WITH_TRAINED);
    items.addAll(pairs);
    items.add(OWN_VALUES);
    return items;
  }

  private static String words(String item) {
    return item.startsWith("pairs/") ? "as in the training of " + Names.id(item) : item;
  }

  /** The first group of the pair's own augmentation, which is what single views are made by; of an import the image as it is. */
  private static Augmentation beginning(Pair own) {
    Augmentation trained = own.getRecipe().getAugmentationValues();
    ViewGroup plain = ViewGroup.newBuilder().setViews(1).addRecipes(ViewRecipe.getDefaultInstance()).build();
    return trained.toBuilder().clearName().clearSource().clearNormalization().clearGroups()
        .addGroups(trained.getGroupsCount() == 0 ? plain : trained.getGroups(0)).build();
  }
}
