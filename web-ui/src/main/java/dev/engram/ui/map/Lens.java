package dev.engram.ui.map;

import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.LayerScore;
import dev.engram.v1.ProbeResult;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What a map can be colored by. */
enum Lens {
  BEYOND("LayerMem beyond unseen images", Kind.LAYER_MEM, true,
      "LayerMem of the candidates minus that of images nobody saw: where the interval is above 0, the layer keeps single images."),
  LAYER_MEM("LayerMem of the candidates", Kind.LAYER_MEM, true,
      "How much closer f brings two views of a candidate than g does, from −1 to 1; it contains what all images share."),
  DELTA("ΔLayerMem", Kind.LAYER_MEM, true, "What a layer adds to LayerMem of the candidates: to the convolution or sum before, or to the module before."),
  UNIT_BEYOND("UnitMem beyond random weights", Kind.UNIT_MEM, true,
      "Mean UnitMem of a layer's units minus the same of the network with random weights: only that was learned."),
  UNIT_MEM("UnitMem, mean", Kind.UNIT_MEM, false, "How much one image alone drives a unit, from 0 (none) to 1; mean over the layer's units."),
  DEAD("Dead units", Kind.UNIT_MEM, false, "Share of a layer's units that no image drives."),
  CLASS_BEYOND("ClassMem beyond unseen images", Kind.CLASS_MEM, true,
      "How much one class alone drives a unit on training images, minus the same on images nobody saw; mean over the layer's units."),
  CLASS_MEM("ClassMem, mean", Kind.CLASS_MEM, false, "How much one class alone drives a unit, from 0 (none) to 1; mean over the layer's units."),
  LINEAR("Linear probe", Kind.PROBE, false, "Accuracy of a linear probe on the layer's frozen features."),
  KNN("kNN probe", Kind.PROBE, false, "Accuracy of a kNN probe on the layer's frozen features.");

  private final String title;
  private final Kind kind;
  private final boolean signed;
  private final String meaning;

  Lens(String title, Kind kind, boolean signed, String meaning) {
    this.title = title;
    this.kind = kind;
    this.signed = signed;
    this.meaning = meaning;
  }

  String title() {
    return title;
  }

  /** Kind of the runs that measure it. */
  Kind kind() {
    return kind;
  }

  /** Whether 0 is the middle of its scale. */
  boolean signed() {
    return signed;
  }

  String meaning() {
    return meaning;
  }

  /** Name in URLs. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A value as people read it: a score with three digits, near 0 with four. */
  String text(double value) {
    if (this == DEAD || this == LINEAR || this == KNN) {
      return Numbers.percent(value);
    }
    return Math.abs(value) < 0.1 ? MapTable.exact(value) : Numbers.score(value);
  }

  /** Those that have a value at some layer. */
  static List<Lens> of(Measured measured) {
    return Arrays.stream(values()).filter(lens -> !lens.readings(measured, false).isEmpty()).toList();
  }

  /**
   * What it says of every layer, in forward order; nothing if it was not measured.
   *
   * @param byModule a difference to the layer before means every module, not convolutions and sums alone
   */
  List<Reading> readings(Measured measured, boolean byModule) {
    return switch (this) {
      case BEYOND -> layers(measured).flatMap(layer -> layer.getDifferencesList().stream()
          .filter(one -> one.getSubset().equals("candidate") && one.getAgainst().equals("external"))
          .map(one -> Reading.of(layer.getLayer(), layer.getPoint(), one.getMean(), one.getCiLow(), one.getCiHigh()))).toList();
      case LAYER_MEM -> layers(measured).flatMap(layer -> layer.getSubsetsList().stream().filter(one -> one.getSubset().equals("candidate"))
          .map(one -> Reading.of(layer.getLayer(), layer.getPoint(), one.getMean(), one.getCiLow(), one.getCiHigh()))).toList();
      case DELTA -> layers(measured).filter(layer -> byModule ? layer.hasDeltaModule() : layer.hasDeltaConv())
          .map(layer -> Reading.of(layer.getLayer(), layer.getPoint(), byModule ? layer.getDeltaModule() : layer.getDeltaConv())).toList();
      case UNIT_BEYOND -> measured.unitMem().stream().flatMap(result -> result.getLayersList().stream())
          .map(layer -> Reading.of(layer.getLayer(), layer.getPoint(), layer.getMean() - layer.getNullMean())).toList();
      case UNIT_MEM -> measured.unitMem().stream().flatMap(result -> result.getLayersList().stream())
          .map(layer -> Reading.of(layer.getLayer(), layer.getPoint(), layer.getMean())).toList();
      case DEAD -> measured.unitMem().stream().flatMap(result -> result.getLayersList().stream()).filter(layer -> layer.getUnits() > 0)
          .map(layer -> Reading.of(layer.getLayer(), layer.getPoint(), (double) layer.getDead() / layer.getUnits())).toList();
      case CLASS_BEYOND -> measured.classMem().stream().flatMap(result -> result.getLayersList().stream())
          .map(layer -> Reading.of(layer.getLayer(), layer.getPoint(), layer.getClassMemMean() - layer.getSelectivityMean())).toList();
      case CLASS_MEM -> measured.classMem().stream().flatMap(result -> result.getLayersList().stream())
          .map(layer -> Reading.of(layer.getLayer(), layer.getPoint(), layer.getClassMemMean())).toList();
      case LINEAR -> accuracies(measured, ProbeResult.Accuracy::getLinear);
      case KNN -> accuracies(measured, ProbeResult.Accuracy::getKnn);
    };
  }

  private static Stream<LayerScore> layers(Measured measured) {
    return measured.layerMem().stream().flatMap(result -> result.getLayersList().stream());
  }

  private static List<Reading> accuracies(Measured measured, ToDoubleFunction<ProbeResult.Accuracy> value) {
    return measured.probe().stream().flatMap(result -> result.getAccuraciesList().stream())
        .filter(one -> one.getEncoder().equals(measured.measures().role(measured.runs().get(Kind.PROBE))))
        .map(one -> Reading.of(one.getLayer(), "", value.applyAsDouble(one))).toList();
  }
}
