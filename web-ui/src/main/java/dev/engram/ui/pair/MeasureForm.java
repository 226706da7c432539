package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;

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

  /** What the measure finds out, in a sentence. */
  abstract String explanation();
}
