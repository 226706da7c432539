package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.Encoder;
import java.util.List;

/** Chooses two encoders that are there as f and g of a pair. It knows no service. */
final class ExistingEncodersForm extends Div {
  final Fields fields = new Fields();
  final Select<String> candidate = fields.choice("candidate", "Candidate f", List.of(), null, "trained on shared and candidate images");
  final Select<String> reference = fields.choice("reference", "Reference g", List.of(), null, "trained on shared and independent images");

  ExistingEncodersForm() {
    candidate.setItemLabelGenerator(Names::id);
    reference.setItemLabelGenerator(Names::id);
    add(fields);
  }

  /** Offers those that are ready. */
  void offer(List<Encoder> encoders) {
    List<String> ready = encoders.stream().filter(one -> !one.getCheckpoint().isEmpty()).map(Encoder::getName).toList();
    candidate.setItems(ready);
    reference.setItems(ready);
  }

  /** Name of the encoder chosen as f; empty if none is. */
  String f() {
    return candidate.getValue() == null ? "" : candidate.getValue();
  }

  /** Name of the encoder chosen as g; empty if none is. */
  String g() {
    return reference.getValue() == null ? "" : reference.getValue();
  }
}
