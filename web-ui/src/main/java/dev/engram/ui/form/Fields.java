package dev.engram.ui.form;

import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Fields of a form, each known by the path of the request field it fills. What is a valid value is the service's to say; its
 * violations are shown at their fields and vanish when the value is changed.
 */
public final class Fields extends Div {
  private final Map<String, HasValidationProperties> byPath = new LinkedHashMap<>();

  public Fields() {
    addClassName("fields");
  }

  /** Adds a field for a whole number. */
  public IntegerField whole(String path, String label, Integer value, String help) {
    IntegerField field = new IntegerField(label);
    field.setManualValidation(true);
    field.setStepButtonsVisible(false);
    field.setHelperText(sentence(help));
    field.setValue(value);
    return add(path, field);
  }

  /** Adds a field for a number. */
  public NumberField decimal(String path, String label, Double value, String help) {
    NumberField field = new NumberField(label);
    field.setManualValidation(true);
    field.setHelperText(sentence(help));
    field.getElement().setProperty("step", "any");
    field.setValue(value);
    return add(path, field);
  }

  /** Adds a field for text. */
  public TextField text(String path, String label, String value, String help) {
    TextField field = new TextField(label);
    field.setManualValidation(true);
    field.setHelperText(sentence(help));
    field.setValue(value);
    return add(path, field);
  }

  /** Adds a choice of one value. */
  public <T> Select<T> choice(String path, String label, List<T> values, T value, String help) {
    Select<T> field = new Select<>();
    field.setManualValidation(true);
    field.setLabel(label);
    field.setHelperText(sentence(help));
    field.setItems(new ArrayList<>(values));
    field.setValue(value);
    return add(path, field);
  }

  /** Adds a choice of one of many values, found by typing a part of its label; none is chosen. */
  public <T> ComboBox<T> pick(String path, String label, List<T> values, Function<T, String> words, String help) {
    ComboBox<T> field = new ComboBox<>(label);
    field.setManualValidation(true);
    field.setHelperText(sentence(help));
    field.setItemLabelGenerator(words::apply);
    field.setItems(values);
    return add(path, field);
  }

  /** Adds a choice of one of a few values, all in sight, each with a line that says what it means. */
  public <T> RadioButtonGroup<T> options(String path, String label, List<T> values, T value, Function<T, String> words, Function<T, String> meaning) {
    RadioButtonGroup<T> field = new RadioButtonGroup<>(label);
    field.setManualValidation(true);
    field.setItems(values);
    field.setItemLabelGenerator(words::apply);
    field.setRenderer(new ComponentRenderer<>(one -> explained(words.apply(one), meaning.apply(one))));
    field.setValue(value);
    return add(path, field);
  }

  /** Adds a choice of several of a few values, all in sight, each with a line that says what it means. */
  public <T> CheckboxGroup<T> checks(String path, String label, List<T> values, Set<T> value, Function<T, String> words, Function<T, String> meaning) {
    CheckboxGroup<T> field = new CheckboxGroup<>(label);
    field.setManualValidation(true);
    field.setItems(values);
    field.setItemLabelGenerator(words::apply);
    field.setRenderer(new ComponentRenderer<>(one -> explained(words.apply(one), meaning.apply(one))));
    field.setValue(value);
    return add(path, field);
  }

  /** Begins with a capital, as all helps do, unless the first word is a name: of a file, a value, an encoder. */
  static String sentence(String help) {
    return help.matches("[a-z]{2,}[ ,;:].*") && !help.startsWith("logits") ? Character.toUpperCase(help.charAt(0)) + help.substring(1) : help;
  }

  private static Span explained(String words, String meaning) {
    Span line = new Span(meaning);
    line.addClassName("quiet");
    Span both = new Span(new Span(words), line);
    both.addClassName("explained");
    return both;
  }

  /** Adds a choice of several values. */
  public <T> MultiSelectComboBox<T> several(String path, String label, List<T> values, Set<T> value, String help) {
    MultiSelectComboBox<T> field = new MultiSelectComboBox<>(label);
    field.setManualValidation(true);
    field.setHelperText(sentence(help));
    field.setItems(values);
    field.setValue(value);
    // All that is chosen is seen: the field grows.
    field.setAutoExpand(MultiSelectComboBox.AutoExpandMode.VERTICAL);
    return add(path, field);
  }

  /**
   * Adds a choice of several names, which can also be typed.
   *
   * @param offered always; more can be offered later
   */
  public NamesField names(String path, String label, List<String> offered, Set<String> value, String help) {
    NamesField field = new NamesField(label, offered);
    field.setManualValidation(true);
    field.setHelperText(sentence(help));
    field.choose(value);
    return add(path, field);
  }

  /** Adds a choice of layers by their paths, or of every one. */
  public NamesField layers(String path, String label, Set<String> value, String help) {
    NamesField field = names(path, label, List.of(NamesField.EVERY), value, help);
    field.setItemLabelGenerator(name -> name.equals(NamesField.EVERY) ? "every layer" : name);
    return field;
  }

  /** Adds a yes-or-no. */
  public Checkbox check(String path, String label, boolean value) {
    Checkbox field = new Checkbox(label, value);
    field.setManualValidation(true);
    return add(path, field);
  }

  /** Adds a heading of the fields that follow. */
  public Span heading(String text) {
    Span heading = new Span(text);
    heading.addClassNames("field-group", "wide");
    add(heading);
    return heading;
  }

  /** Takes a field away. */
  public void take(Component field) {
    byPath.values().removeIf(one -> one == field);
    remove(field);
  }

  /** Takes away all messages. */
  public void clear() {
    byPath.values().forEach(field -> {
      field.setInvalid(false);
      field.setErrorMessage("");
    });
  }

  /**
   * Shows each violation at its field.
   *
   * @return those that belong to none of the fields
   */
  public List<FieldViolation> show(List<FieldViolation> violations) {
    clear();
    List<FieldViolation> rest = new ArrayList<>();
    for (FieldViolation violation : violations) {
      Optional<String> path = FieldPaths.find(byPath.keySet(), violation.getField());
      if (path.isEmpty() || !((Component) byPath.get(path.get())).isVisible()) {
        rest.add(violation);
        continue;
      }
      HasValidationProperties field = byPath.get(path.get());
      String before = field.isInvalid() ? field.getErrorMessage() + " " : "";
      field.setErrorMessage(before + violation.getDescription());
      field.setInvalid(true);
    }
    return rest;
  }

  /** What is said at a field; empty if nothing is. */
  Optional<String> message(String path) {
    HasValidationProperties field = byPath.get(path);
    return field != null && field.isInvalid() ? Optional.of(field.getErrorMessage()) : Optional.empty();
  }

  private <F extends Component & HasValue<?, ?> & HasValidationProperties> F add(String path, F field) {
    byPath.put(path, field);
    field.addValueChangeListener(_ -> field.setInvalid(false));
    field.getElement().setAttribute("data-path", path);
    add(field);
    return field;
  }

  /** What stands between the commas. */
  public static List<String> listed(TextField field) {
    return Stream.of(field.getValue().split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  /** The value of a field, or the fallback if it is empty. */
  public static <T> T or(HasValue<?, T> field, T fallback) {
    return field.getValue() == null ? fallback : field.getValue();
  }
}
