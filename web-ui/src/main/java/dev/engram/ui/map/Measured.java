package dev.engram.ui.map;

import dev.engram.ui.format.Kind;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.GetClassMemResultRequest;
import dev.engram.v1.GetLayerMemResultRequest;
import dev.engram.v1.GetProbeResultRequest;
import dev.engram.v1.GetUnitMemResultRequest;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.Run;
import dev.engram.v1.UnitMemResult;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of the layers of an encoder: of every kind of measure one result.
 *
 * @param measures the encoder and all its runs
 * @param runs the run that each result is of
 */
record Measured(EncoderMeasures measures, Map<Kind, Run> runs, Optional<LayerMemResult> layerMem, Optional<UnitMemResult> unitMem,
    Optional<ClassMemResult> classMem, Optional<ProbeResult> probe) {

  /** @param run id of the run to take instead of the newest one of its kind; empty for none */
  static Uni<Measured> ask(Services services, EncoderMeasures measures, String run) {
    Map<Kind, Run> runs = Stream.of(Kind.LAYER_MEM, Kind.UNIT_MEM, Kind.CLASS_MEM, Kind.PROBE)
        .flatMap(kind -> measures.result(kind, run).stream()).collect(Collectors.toMap(Kind::of, Function.identity()));
    return Uni.combine().all().unis(
        ask(runs, Kind.LAYER_MEM, name -> services.metrics().getLayerMemResult(GetLayerMemResultRequest.newBuilder().setRun(name).build())),
        ask(runs, Kind.UNIT_MEM, name -> services.metrics().getUnitMemResult(GetUnitMemResultRequest.newBuilder().setRun(name).build())),
        ask(runs, Kind.CLASS_MEM, name -> services.metrics().getClassMemResult(GetClassMemResultRequest.newBuilder().setRun(name).build())),
        ask(runs, Kind.PROBE, name -> services.trainer().getProbeResult(GetProbeResultRequest.newBuilder().setRun(name).build())))
        .with((layers, units, classes, probe) -> new Measured(measures, runs, layers, units, classes, probe));
  }

  String encoder() {
    return measures.encoder().getName();
  }

  /** The data set whose images this measure is of: that of the pair, or what the encoder was trained on. */
  String dataset(Kind kind) {
    String pair = runs.containsKey(kind) ? Kind.pair(runs.get(kind).getSpec()) : "";
    return measures.pairs().containsKey(pair) ? measures.pairs().get(pair).getDataset() : measures.encoder().getDataset();
  }

  /** How many images and views a measure is of, in words; figures of other numbers are not comparable. Empty where it does not matter. */
  String sample(Kind kind) {
    return switch (kind) {
      case LAYER_MEM -> layerMem.map(result -> result.getViews() + " views an image").orElse("");
      case UNIT_MEM -> unitMem.map(result -> result.getImages() + " images, " + result.getViews() + " views each").orElse("");
      case CLASS_MEM -> classMem.map(result -> result.getTrainingImages() + " training and " + result.getExternalImages() + " unseen images").orElse("");
      default -> "";
    };
  }

  private static <T> Uni<Optional<T>> ask(Map<Kind, Run> runs, Kind kind, Function<String, Uni<T>> call) {
    return runs.containsKey(kind) ? call.apply(runs.get(kind).getName()).map(Optional::of) : Uni.createFrom().item(Optional.empty());
  }
}
