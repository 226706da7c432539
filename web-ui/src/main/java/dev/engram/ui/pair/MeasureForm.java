package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.v1.Architecture;
import dev.engram.v1.Pair;
import dev.engram.v1.Split;
import java.util.List;
import java.util.stream.Stream;

/** A form that makes the request for one kind of measure. It knows no service. */
abstract class MeasureForm extends Div {
  final Fields fields = new Fields();
  final TextField runId;
  private ViewsChoice seen;

  MeasureForm() {
    addClassName("measure-form");
    runId = fields.text("run_id", "Run id", "", "Made up if empty. Lower-case letters, digits, dashes.");
    add(fields);
  }

  /** Adds the choice of the augmentation by which images are seen; its values come below the fields. */
  ViewsChoice views(String label) {
    seen = new ViewsChoice(fields, label);
    add(seen);
    return seen;
  }

  /** The groups of fields, for violations. */
  List<Fields> fields() {
    return seen == null ? List.of(fields) : Stream.concat(seen.values.fields().reversed().stream(), Stream.of(fields)).toList();
  }

  /** The request for this pair, without a request id. */
  abstract Message request(String pair);

  /** Whether a preset is for this measure. */
  boolean takes(Message preset) {
    return false;
  }

  /** Sets the values of a preset that this form takes; what it does not say stays. */
  void fill(Message preset) {
    throw new IllegalArgumentException("is no preset of this measure: " + preset);
  }

  /** Offers the layers of the network that both encoders are, once they are known. */
  void offerLayers(Architecture network) {
  }

  /** Offers the splits there are. */
  void offerSplits(Pair own, List<Split> splits) {
  }

  /** Takes how many public images of the pair's split the class with the fewest has, at least 1. */
  void limit(int smallestClass) {
  }

  /** Whether what can be known before asking is right; if not, says so at the fields. */
  boolean readable() {
    return seen == null || seen.readable();
  }

  /** Offers further pairs. */
  void offerPairs(Pair own, List<Pair> pairs) {
    if (seen != null) {
      seen.offer(own, pairs);
    }
  }

  /** What the measure finds out, in a sentence. */
  abstract String explanation();
}
