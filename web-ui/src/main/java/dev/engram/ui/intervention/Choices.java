package dev.engram.ui.intervention;

import dev.engram.ui.data.SplitWords;
import dev.engram.ui.encoder.EncoderWords;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.format.Times;
import dev.engram.ui.map.EncoderMeasures;
import dev.engram.v1.Encoder;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.Run;
import dev.engram.v1.Split;
import dev.engram.v1.TrainingVocabulary;
import dev.engram.v1.UnitMemSpec;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What there is to pick from when something is done to an encoder.
 *
 * @param measures the encoder, and the runs that measured it
 * @param encoders all that are ready, newest first
 * @param splits all of them, newest first
 * @param vocabulary what recipes may say
 */
record Choices(EncoderMeasures measures, List<Encoder> encoders, List<Split> splits, TrainingVocabulary vocabulary) {

  Choices {
    encoders = List.copyOf(encoders);
    splits = List.copyOf(splits);
  }

  EncoderDescription source() {
    return measures.encoder();
  }

  /** Its layers in forward order. */
  List<EditableLayer> layers() {
    return EditableLayer.of(source().getArchitecture());
  }

  /** The same with its blocks. */
  List<EditableLayer> parts() {
    return EditableLayer.withBlocks(source().getArchitecture());
  }

  /** Those that are meant where none is named. */
  List<EditableLayer> usualLayers() {
    return EditableLayer.usual(source().getArchitecture());
  }

  /** UnitMem runs that measured this very encoder, newest first. */
  List<Run> unitMems() {
    return measures.results(Kind.UNIT_MEM);
  }

  /** LayerMem runs of the pairs it is in, newest first. */
  List<Run> layerMems() {
    return measures.runs().stream().filter(run -> Kind.of(run) == Kind.LAYER_MEM)
        .filter(run -> source().getPairsList().contains(run.getSpec().getLayerMem().getPair())).toList();
  }

  /** Other encoders that are not known to be of another network; its partners in a pair first. */
  List<Encoder> others() {
    String own = source().getArchitecture().getNetwork();
    return encoders.stream().filter(one -> !one.getName().equals(source().getName()))
        .filter(one -> network(one).map(own::equals).orElse(true))
        .sorted((a, b) -> Boolean.compare(isPartner(b), isPartner(a))).toList();
  }

  /** Encoders that were made of this one, newest first; any other of its network where there is none. */
  List<Encoder> madeOfIt() {
    List<Encoder> made = encoders.stream().filter(one -> one.getSource().equals(source().getName())).toList();
    return made.isEmpty() ? others() : made;
  }

  /** Splits that a probe can learn on: those known to have no public set are left out. */
  List<Split> probed() {
    return SplitWords.withPublicSet(splits);
  }

  /** {@code demo-f · resnet9, simclr, 30 epochs of batch 128}. */
  static String words(Encoder encoder) {
    return Names.id(encoder.getName()) + " · " + EncoderWords.origin(encoder);
  }

  /** {@code demo-unitmem · 10 views, all images, 22 Nov 2026 15:20:01}. */
  static String words(Run run) {
    return Names.id(run.getName()) + " · " + sample(run) + ", " + Times.moment(run.getCreateTime(), ZoneId.systemDefault());
  }

  private static String sample(Run run) {
    UnitMemSpec unitMem = run.getSpec().getUnitMem();
    int views = run.getSpec().hasUnitMem() ? unitMem.getViews() : run.getSpec().getLayerMem().getViews();
    int most = run.getSpec().hasUnitMem() ? unitMem.getMaxImages() : run.getSpec().getLayerMem().getMaxImages();
    return (views == 0 ? 10 : views) + " views, " + (most == 0 ? "all images" : Numbers.count(most, "image"));
  }

  private boolean isPartner(Encoder other) {
    return measures.pairs().values().stream().anyMatch(pair ->
        pair.getCandidate().equals(other.getName()) || pair.getReference().equals(other.getName()));
  }

  /** Of one that was trained, by its recipe; of one made of another, that one's; an import does not say. */
  private Optional<String> network(Encoder encoder) {
    if (!encoder.getSource().isEmpty()) {
      return encoders.stream().filter(one -> one.getName().equals(encoder.getSource())).findFirst().flatMap(this::network);
    }
    return Optional.of(encoder.getSpec().getRecipe().getNetwork()).filter(name -> !encoder.getImported() && !name.isEmpty());
  }
}
