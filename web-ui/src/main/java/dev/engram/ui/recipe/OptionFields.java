package dev.engram.ui.recipe;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.v1.RecipeOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields for the options that go with a chosen name, as the service describes them. A field left empty is left to its default. */
final class OptionFields {
  private final Fields fields;
  private final String path;
  private final Map<String, RecipeOption> options = new LinkedHashMap<>();
  private final Map<String, Component> byName = new LinkedHashMap<>();

  /**
   * @param fields where the fields are added
   * @param path of the message or map that the options fill, e.g. {@code recipe.schedule}
   */
  OptionFields(Fields fields, String path) {
    this.fields = fields;
    this.path = path;
  }

  /** Shows these options instead of those before; those of the same name keep what was typed over their default. */
  void show(List<RecipeOption> described) {
    Map<String, String> typed = values();
    typed.entrySet().removeIf(one -> one.getValue().equals(options.get(one.getKey()).getDefaultValue()));
    byName.values().forEach(fields::take);
    byName.clear();
    options.clear();
    for (RecipeOption option : described) {
      options.put(option.getName(), option);
      byName.put(option.getName(), field(option, typed.getOrDefault(option.getName(), option.getDefaultValue())));
    }
  }

  /** Shows these values; an option that is not among them has its default. */
  void set(Map<String, String> values) {
    byName.forEach((name, field) -> {
      String value = values.getOrDefault(name, options.get(name).getDefaultValue());
      switch (field) {
        case Checkbox box -> box.setValue(Boolean.parseBoolean(value));
        case TextField text -> text.setValue(value);
        case Select<?> ignored -> choose(name, value);
        default -> throw new IllegalStateException("no option has a " + field);
      }
    });
  }

  /** What is typed, without what is empty. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    byName.forEach((name, field) -> {
      String value = switch (field) {
        case Checkbox box -> String.valueOf(box.getValue());
        case TextField text -> text.getValue().strip();
        case Select<?> select -> select.getValue() == null ? "" : String.valueOf(select.getValue());
        default -> throw new IllegalStateException("no option has a " + field);
      };
      if (!value.isEmpty()) {
        values.put(name, value);
      }
    });
    return values;
  }

  /** Whether everything that has to be a number is one; if not, says so at the fields. */
  boolean readable() {
    boolean readable = true;
    for (Map.Entry<String, String> typed : values().entrySet()) {
      String problem = problem(options.get(typed.getKey()), typed.getValue());
      if (!problem.isEmpty()) {
        HasValidationProperties field = (HasValidationProperties) byName.get(typed.getKey());
        field.setErrorMessage(problem);
        field.setInvalid(true);
        readable = false;
      }
    }
    return readable;
  }

  /** What is wrong with a text as a value of this option, before a service is asked; empty if nothing is. */
  static String problem(RecipeOption option, String text) {
    String one = "-?\\d+";
    String number = "-?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?";
    String list = "(\\s*[,\\s]\\s*%s)*";
    return switch (option.getType()) {
      case INTEGER -> text.matches(one + list.formatted(one)) ? "" : "A whole number.";
      case NUMBER -> text.matches(number + list.formatted(number)) ? "" : "A number.";
      case BOOLEAN, TEXT, TYPE_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  private Component field(RecipeOption option, String value) {
    String at = path + "." + option.getName();
    String label = label(option.getName());
    String help = help(option);
    if (option.getType() == RecipeOption.Type.BOOLEAN) {
      Checkbox box = fields.check(at, label, Boolean.parseBoolean(value));
      box.setHelperText(help);
      return box;
    }
    if (option.getChoicesCount() == 0) {
      return fields.text(at, label, value, help);
    }
    List<String> choices = new ArrayList<>(option.getChoicesList());
    if (!value.isEmpty() && !choices.contains(value)) {
      choices.add(value);
    }
    return fields.choice(at, label, choices, value.isEmpty() ? null : value, help);
  }

  @SuppressWarnings("unchecked")
  private void choose(String name, String value) {
    Select<String> select = (Select<String>) byName.get(name);
    if (!value.isEmpty() && !select.getListDataView().contains(value)) {
      select.getListDataView().addItem(value);
    }
    select.setValue(value.isEmpty() ? null : value);
  }

  /** {@code final_weight_decay} → {@code Final weight decay}. */
  static String label(String name) {
    String words = name.replace('_', ' ');
    return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String help(RecipeOption option) {
    List<String> parts = new ArrayList<>();
    if (!option.getMeaning().isEmpty()) {
      parts.add(option.getMeaning().replaceAll("\\.$", ""));
    }
    if (!option.getRange().isEmpty() && option.getChoicesCount() == 0) {
      parts.add(option.getRange());
    }
    if (!option.getDefaultValue().isEmpty() && option.getType() != RecipeOption.Type.BOOLEAN) {
      parts.add("default " + option.getDefaultValue());
    }
    return String.join("; ", parts);
  }
}
