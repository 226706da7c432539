package dev.engram.ui.recipe;

import com.vaadin.flow.component.select.Select;
import dev.engram.ui.form.Fields;
import dev.engram.v1.RecipeChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A name to choose, and the fields of the options that go with it. */
final class Chosen {
  final Select<String> choice;
  final OptionFields options;
  private List<RecipeChoice> choices = List.of();

  /**
   * @param field of the recipe that holds the name
   * @param optionPath of the message or map that holds the options
   */
  Chosen(Fields fields, String field, String label, String optionPath) {
    choice = fields.choice("recipe." + field, label, List.of(), null, "");
    options = new OptionFields(fields, optionPath);
    choice.addValueChangeListener(_ -> refresh());
  }

  /** Offers these; what is chosen stays chosen, otherwise the first is. */
  void offer(List<RecipeChoice> offered) {
    String before = name();
    choices = offered;
    choice.setItems(new ArrayList<>(offered.stream().map(RecipeChoice::getName).toList()));
    choose(before.isEmpty() && !offered.isEmpty() ? offered.getFirst().getName() : before);
  }

  /** Chooses a name, the first if it is empty, with these values of its options. */
  void set(String name, Map<String, String> values) {
    choose(name.isEmpty() && !choices.isEmpty() ? choices.getFirst().getName() : name);
    options.set(values);
  }

  /** The name chosen; empty if there is none to choose from. */
  String name() {
    return choice.getValue() == null ? "" : choice.getValue();
  }

  private void choose(String name) {
    if (name.isEmpty()) {
      return;
    }
    if (!choice.getListDataView().contains(name)) {
      choice.getListDataView().addItem(name);
    }
    choice.setValue(name);
    refresh();
  }

  private void refresh() {
    choices.stream().filter(one -> one.getName().equals(name())).findFirst().ifPresentOrElse(one -> {
      choice.setHelperText(one.getMeaning());
      options.show(one.getOptionsList());
    }, () -> options.show(List.of()));
  }
}
