package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.Encoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses two encoders as f and g of a pair, which may still be in the making. It knows no service. */
final class ExistingEncodersForm extends Div {
  final Fields fields = new Fields();
  final Select<String> candidate = fields.choice("candidate", "Candidate f", List.of(), null, "trained on shared and candidate images");
  final Select<String> reference = fields.choice("reference", "Reference g", List.of(), null, "trained on shared and independent images; f again to measure f alone");

  ExistingEncodersForm() {
    add(fields);
  }

  /** Offers all, those that are ready first. */
  void offer(List<Encoder> encoders) {
    Map<Boolean, List<String>> byReady = encoders.stream()
        .collect(Collectors.partitioningBy(one -> !one.getCheckpoint().isEmpty(), Collectors.mapping(Encoder::getName, Collectors.toList())));
    Set<String> awaited = Set.copyOf(byReady.get(false));
    List<String> all = Stream.concat(byReady.get(true).stream(), byReady.get(false).stream()).toList();
    for (Select<String> choice : List.of(candidate, reference)) {
      choice.setItemLabelGenerator(name -> Names.id(name) + (awaited.contains(name) ? " (not ready yet)" : ""));
      choice.setItems(all);
    }
  }

  /** Takes this encoder as f, and this one as g, which is f itself if it is not there; those that are not offered are not taken. */
  void choose(String f, String g) {
    List<String> offered = candidate.getListDataView().getItems().toList();
    if (offered.contains(f)) {
      candidate.setValue(f);
      reference.setValue(offered.contains(g) ? g : f);
    }
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
