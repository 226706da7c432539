package dev.engram.ui.pair;

import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.form.Fields;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.ProbeSpec;

/** Asks for a linear and a kNN probe of both encoders. */
final class ProbeForm extends MeasureForm {
  final IntegerField k = fields.whole("k", "Neighbors of the kNN probe", 20, "1 to the public set's size");

  @Override
  CreateProbeRequest request(String pair) {
    return CreateProbeRequest.newBuilder().setRunId(runId.getValue().strip())
        .setSpec(ProbeSpec.newBuilder().setPair(pair).setK(Fields.or(k, 0))).build();
  }

  @Override
  String explanation() {
    return "How good the features are: a linear and a kNN probe of both encoders, on images neither was trained on.";
  }
}
