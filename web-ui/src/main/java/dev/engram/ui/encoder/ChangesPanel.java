package dev.engram.ui.encoder;

import com.vaadin.flow.component.html.Div;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.component.SpecFacts;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.EncoderEdit;
import dev.engram.v1.FineTuneResult;
import java.util.List;

/** How an encoder was made of another: what the edit was asked to do, and which units of which layers it changed. */
final class ChangesPanel extends Div {

  ChangesPanel(EncoderDescription encoder) {
    addClassName("stack");
    EncoderEdit changes = encoder.getChanges();
    Facts facts = new Facts().add("Made of", Links.to(source(encoder))).add("Changed", summary(changes));
    if (encoder.hasFineTuneResult()) {
      FineTuneResult head = encoder.getFineTuneResult();
      facts.add("Head, on external points", accuracy(head.getTestAccuracy(), head.getTestImages()))
          .add("Head, on its training images", accuracy(head.getTrainAccuracy(), head.getTrainImages()))
          .add("Trained", Numbers.count(head.getTrainedParameters(), "value") + " of the encoder, and the head");
    }
    if (changes.getSpared() > 0) {
      facts.add("Spared", Numbers.count(changes.getSpared(), "unit") + ", because a layer would have had none left");
    }
    DataTable<EncoderEdit.Layer> table = new DataTable<EncoderEdit.Layer>("No layer was considered.")
        .text("Layer", EncoderEdit.Layer::getLayer).figure("Units", layer -> Numbers.count(layer.getUnits()))
        .figure("Changed", layer -> Numbers.count(layer.getChangedCount())).text("Which", layer -> units(layer))
        .text("Tensors", layer -> String.join(", ", layer.getTensorsList()));
    table.setItems(changes.getLayersList());
    add(encoder.hasFineTune() ? new Section("Fine-tuning", facts, SpecFacts.of(encoder.getFineTune()))
        : new Section("Edit", facts, SpecFacts.of(encoder.getEdit())),
        new Section("Changed units", table).explain("Numbers of the units, from 0; the run's units.csv has a row for each."));
  }

  /** What the encoder was made of. */
  static String source(EncoderDescription encoder) {
    return encoder.hasFineTune() ? encoder.getFineTune().getSource() : encoder.getEdit().getSource();
  }

  private static String accuracy(double share, int images) {
    return images == 0 ? "none to score" : Numbers.significant(100 * share) + " % of " + Numbers.count(images, "image");
  }

  private static String summary(EncoderEdit changes) {
    return Numbers.count(changes.getChanged()) + " of " + Numbers.count(changes.getConsidered(), "unit") + " in "
        + Numbers.count(changes.getLayersList().stream().filter(layer -> layer.getChangedCount() > 0).count(), "layer");
  }

  private static String units(EncoderEdit.Layer layer) {
    return layer.getChangedCount() == layer.getUnits() ? "all" : ranges(layer.getChangedList());
  }

  /** Ascending numbers, neighbors together: {@code 0, 3 – 5}. */
  static String ranges(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      int from = numbers.get(i);
      while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1) {
        i++;
      }
      text.append(text.isEmpty() ? "" : ", ").append(from).append(numbers.get(i) == from ? "" : " – " + numbers.get(i));
    }
    return text.toString();
  }
}
