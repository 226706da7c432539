package dev.engram.ui.encoder;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.LinkList;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.Architecture;
import dev.engram.v1.ChannelNormalization;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.FilterPicture;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an encoder is, its first filters as a picture, what it used and what used it. */
final class EncoderOverview extends Div {

  EncoderOverview(EncoderDescription encoder) {
    addClassName("columns");
    Div left = new Div(new Section("About", about(encoder)), new Section("Lineage", lineage(encoder)));
    left.addClassName("stack");
    add(left, filters(encoder));
  }

  private static Facts about(EncoderDescription encoder) {
    Architecture network = encoder.getArchitecture();
    Facts facts = new Facts().add("Network", network.getNetwork());
    EncoderWords.options(network.getNetworkOptionsMap()).forEach(facts::add);
    facts.add("Images", network.getChannels() + " × " + network.getSide() + " × " + network.getSide())
        .add("Parameters", Numbers.count(network.getParameters()) + " and " + Numbers.count(network.getBuffers(), "value") + " of buffers")
        .add("Layers", Numbers.count(ArchitectureTree.layers(network.getRoot())));
    if (encoder.getProjectorCount() > 0) {
      facts.add("Projector", encoder.getProjectorList().stream().map(String::valueOf).collect(Collectors.joining(" → ")) + ", "
          + Numbers.count(encoder.getProjectorParameters(), "parameter"));
    }
    facts.add("Moving average", encoder.getAverage() ? "kept beside the weights" : "none");
    facts.add("Normalization", normalization(encoder.getNormalization())).add("Measured with", encoder.getAugmentation());
    if (encoder.getStep() > 0) {
      facts.add("Optimizer steps", Numbers.count(encoder.getStep()));
    }
    for (Map.Entry<String, Long> seed : new TreeMap<>(encoder.getSeedsMap()).entrySet()) {
      facts.add("Seed, " + seed.getKey().replace('_', ' '), String.valueOf(seed.getValue()));
    }
    Span digest = new Span(encoder.getWeightsSha256());
    digest.addClassName("mono");
    return facts.add("SHA-256 of the weights", digest);
  }

  private static Facts lineage(EncoderDescription encoder) {
    Facts facts = new Facts().add("Made by", Links.to(encoder.getRun()));
    if (encoder.hasImport()) {
      facts.add("Imported from", EncoderWords.source(encoder.getImport().getSource()));
    }
    if (encoder.hasEdit() || encoder.hasFineTune()) {
      facts.add("Made of", Links.to(ChangesPanel.source(encoder)));
    }
    if (encoder.hasTraining()) {
      facts.add("Trained on", EncoderWords.images(encoder.getTraining()));
    }
    for (String used : List.of(encoder.getDataset(), encoder.getSplit())) {
      if (!used.isEmpty()) {
        facts.add(used.startsWith("datasets/") ? "Data set" : "Split", Links.to(used));
      }
    }
    facts.add("Pairs", new LinkList(encoder.getPairsList().stream().map(Links::to).toList(), "in no pair"));
    facts.add("Weights", Links.to(encoder.getCheckpoint()));
    return facts.add("Used by", new LinkList(encoder.getUsedByList().stream().map(Links::to).toList(), "no run yet"));
  }

  private static Component filters(EncoderDescription encoder) {
    Section section = new Section("First-layer filters");
    if (!encoder.hasFirstLayer()) {
      section.append(new Paragraph("The first layer is neither a convolution nor a patch embedding."));
      return section;
    }
    FilterPicture picture = encoder.getFirstLayer();
    Image image = new Image("data:image/png;base64," + Base64.getEncoder().encodeToString(picture.getPng().toByteArray()),
        "The " + picture.getFilters() + " filters of " + picture.getPath());
    image.addClassName("filters-picture");
    section.explain(Numbers.count(picture.getFilters(), "filter") + " of " + picture.getPath() + ", each scaled to its own range.");
    section.append(image);
    return section;
  }

  static String normalization(ChannelNormalization values) {
    if (values.getMeanCount() == 0) {
      return "none";
    }
    return "mean " + numbers(values.getMeanList()) + "; std " + numbers(values.getStdList());
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(Numbers::significant).collect(Collectors.joining(", "));
  }
}
