package dev.engram.ui.pair;

import dev.engram.ui.format.Kind;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.GetLayerMemResultRequest;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.stream.Stream;

/** Which images are memorized: the most and the least memorized ones, by the whole encoder (SSLMem) or by one layer (LayerMem). */
final class ImagesPanel extends ResultPanel<LayerMemResult> {
  private static final String ENCODER = "whole encoder (SSLMem)";
  private static final String ALL = "all";
  private static final List<String> SUBSETS = List.of("candidate", "shared", "independent", "external");

  private final Pictures pictures;

  ImagesPanel(Services services, Pictures pictures, PairRuns runs, UrlState url) {
    super(Kind.LAYER_MEM, services, runs, url);
    this.pictures = pictures;
  }

  @Override
  Uni<LayerMemResult> result(String run) {
    return services.metrics().getLayerMemResult(GetLayerMemResultRequest.newBuilder().setRun(run).build());
  }

  @Override
  void show(Run run, LayerMemResult result) {
    List<String> layers = result.getLayersList().stream().map(LayerScore::getLayer).toList();
    String layer = chosen("layer", layers, "");
    String subset = url.get("subset").equals(ALL) ? "" : chosen("subset", SUBSETS, "candidate");
    add(choices(run,
            choice("Score of", "layer", Stream.concat(Stream.of(ENCODER), layers.stream()).toList(), layer.isEmpty() ? ENCODER : layer, ENCODER,
                "most", "least"),
            choice("Subset", "subset", Stream.concat(SUBSETS.stream(), Stream.of(ALL)).toList(), subset.isEmpty() ? ALL : subset, "candidate",
                "most", "least")),
        new ScoredImages("Most memorized", false, services, pictures, runs, run, layer, subset, url),
        new ScoredImages("Least memorized", true, services, pictures, runs, run, layer, subset, url));
  }
}
