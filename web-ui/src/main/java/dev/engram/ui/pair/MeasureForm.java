package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.v1.MeasurePreset;
import java.util.List;
import java.util.stream.Stream;

/** A form that makes the request for one kind of measure. It knows no service. */
abstract class MeasureForm extends Div {
  final Fields fields = new Fields();
  final TextField runId;

  MeasureForm() {
    addClassName("measure-form");
    runId = fields.text("run_id", "Run id", "", "Made up if empty. Lower-case letters, digits, dashes.");
    add(fields);
  }

  /** The request for this pair, without a request id. */
  abstract Message request(String pair);

  /** Whether a preset is for this measure. */
  boolean takes(MeasurePreset preset) {
    return false;
  }

  /** Sets the values of a preset that this form takes; what it does not say stays. */
  void fill(MeasurePreset preset) {
    throw new IllegalArgumentException(preset.getId() + " is no preset of this measure");
  }

  /** What stands between the commas. */
  static List<String> listed(TextField field) {
    return Stream.of(field.getValue().split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  /** What the measure finds out, in a sentence. */
  abstract String explanation();
}
