package dev.engram.ui.map;

import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.DescribeEncoderRequest;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.Pair;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import io.grpc.Status;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An encoder and the runs that measured it, whichever pair they are of.
 *
 * @param encoder what it is
 * @param pairs the pairs it is in, by name
 * @param runs what used it and has a result, newest first
 */
public record EncoderMeasures(EncoderDescription encoder, Map<String, Pair> pairs, List<Run> runs) {
  private static final int MOST = 100;

  public EncoderMeasures {
    pairs = Map.copyOf(pairs);
    runs = List.copyOf(runs);
  }

  /** Asks for all of it. */
  public static Uni<EncoderMeasures> find(Services services, String name) {
    return services.checkpoints().describeEncoder(DescribeEncoderRequest.newBuilder().setName(name).build()).onItem().transformToUni(encoder -> {
      Uni<List<Pair>> pairs = each(encoder.getPairsList(), pair -> services.trainer().getPair(GetPairRequest.newBuilder().setName(pair).build()));
      Uni<List<Run>> runs = each(encoder.getUsedByList(), run -> services.runs().getRun(GetRunRequest.newBuilder().setName(run).build()));
      return Uni.combine().all().unis(pairs, runs).with((known, used) -> new EncoderMeasures(encoder,
          known.stream().collect(Collectors.toMap(Pair::getName, Function.identity(), (first, _) -> first)),
          used.stream().filter(run -> run.getState() == Run.State.SUCCEEDED)
              .sorted(Comparator.comparingLong((Run run) -> run.getCreateTime().getSeconds()).reversed()).toList()));
    });
  }

  /** Runs of this kind that measured this encoder, newest first. */
  public List<Run> results(Kind kind) {
    return runs.stream().filter(run -> Kind.of(run) == kind && !role(run).isEmpty()).toList();
  }

  /** The result to show: the one of this id if it is of the kind, otherwise the newest. */
  Optional<Run> result(Kind kind, String id) {
    List<Run> results = results(kind);
    return results.stream().filter(run -> Names.id(run.getName()).equals(id)).findFirst().or(() -> results.stream().findFirst());
  }

  /** What the run calls this encoder: {@code f}, {@code g} or {@code encoder}; empty if it measured another one. */
  String role(Run run) {
    RunSpec spec = run.getSpec();
    if (Kind.of(run) == Kind.PROBE && spec.getProbe().getPair().isEmpty()) {
      return spec.getProbe().getEncoder().equals(encoder.getName()) ? "encoder" : "";
    }
    Pair pair = pairs.getOrDefault(Kind.pair(spec), Pair.getDefaultInstance());
    String side = pair.getCandidate().equals(encoder.getName()) ? "f" : pair.getReference().equals(encoder.getName()) ? "g" : "";
    return switch (Kind.of(run)) {
      case UNIT_MEM -> side.equals(spec.getUnitMem().getReference() ? "g" : "f") ? side : "";
      case CLASS_MEM -> side.equals(spec.getClassMem().getReference() ? "g" : "f") ? side : "";
      // What f has beyond g is f's memory.
      case LAYER_MEM -> side.equals("f") ? side : "";
      default -> side;
    };
  }

  /** A resource may be deleted between the two questions. */
  private static <T> Uni<List<T>> each(List<String> names, Function<String, Uni<T>> ask) {
    return Multi.createFrom().iterable(names.subList(0, Math.min(MOST, names.size())))
        .onItem().transformToUni(name -> ask.apply(name).map(Optional::of)
            .onFailure(thrown -> Status.fromThrowable(thrown).getCode() == Status.Code.NOT_FOUND).recoverWithItem(Optional.empty()))
        .concatenate().select().where(Optional::isPresent).map(Optional::get).collect().asList();
  }
}
