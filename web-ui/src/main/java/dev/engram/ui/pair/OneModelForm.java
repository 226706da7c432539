package dev.engram.ui.pair;

import com.google.protobuf.Message;
import dev.engram.ui.leak.OneModelSettings;
import dev.engram.v1.Architecture;
import dev.engram.v1.CreateOneModelRequest;
import dev.engram.v1.OneModelSpec;

/** Asks for a test of each encoder by itself. */
final class OneModelForm extends MeasureForm {
  final OneModelSettings settings = new OneModelSettings(fields);

  @Override
  CreateOneModelRequest request(String pair) {
    return CreateOneModelRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(settings.spec().setPair(pair)).build();
  }

  @Override
  boolean takes(Message preset) {
    return preset instanceof OneModelSpec;
  }

  @Override
  void fill(Message preset) {
    settings.fill((OneModelSpec) preset);
  }

  @Override
  void limit(int smallestClass) {
    settings.limit.set(smallestClass);
  }

  @Override
  boolean readable() {
    return settings.limit.holds();
  }

  @Override
  void offerLayers(Architecture network) {
    settings.offerLayers(network);
  }

  @Override
  String explanation() {
    return "Déjà vu of each encoder without the other: what its background tells of an image is learned from crops of other images. "
        + "Compared with the verdicts of both together.";
  }
}
