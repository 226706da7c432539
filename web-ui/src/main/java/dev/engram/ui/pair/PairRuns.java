package dev.engram.ui.pair;

import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.Pair;
import dev.engram.v1.Run;
import io.grpc.Status;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pair and its runs.
 *
 * @param pair the pair
 * @param trainings the runs that made f and g
 * @param measures the runs that measure or attack it, newest first, at most 100
 */
record PairRuns(Pair pair, List<Run> trainings, List<Run> measures) {
  private static final int MOST = 100;

  PairRuns {
    trainings = List.copyOf(trainings);
    measures = List.copyOf(measures);
  }

  /** Asks for all of them. */
  static Uni<PairRuns> find(Services services, String name) {
    return services.trainer().getPair(GetPairRequest.newBuilder().setName(name).build()).onItem().transformToUni(pair -> {
      Set<String> makers = Stream.of(pair.getCandidate(), pair.getReference()).map(encoder -> "runs/" + Names.id(encoder))
          .collect(Collectors.toCollection(LinkedHashSet::new));
      List<String> names = new ArrayList<>(makers);
      pair.getRunsList().stream().filter(run -> !makers.contains(run)).limit(MOST).forEach(names::add);
      return Multi.createFrom().iterable(names).onItem().transformToUni(run -> run(services, run)).concatenate()
          .select().where(Optional::isPresent).map(Optional::get).collect().asList()
          .map(runs -> new PairRuns(pair,
              runs.stream().filter(run -> makers.contains(run.getName())).toList(),
              runs.stream().filter(run -> !makers.contains(run.getName())).toList()));
    });
  }

  /** Measures of a kind, newest first. */
  List<Run> measures(Kind kind) {
    return measures.stream().filter(run -> Kind.of(run) == kind).toList();
  }

  /** Measures of a kind that have a result, newest first. */
  List<Run> results(Kind kind) {
    return measures(kind).stream().filter(run -> run.getState() == Run.State.SUCCEEDED).toList();
  }

  /** The result to show: the one asked for by its id if there is such, otherwise the newest. */
  Optional<Run> result(Kind kind, String id) {
    List<Run> results = results(kind);
    return results.stream().filter(run -> Names.id(run.getName()).equals(id)).findFirst()
        .or(() -> results.stream().findFirst());
  }

  /** A run may be deleted between the two questions. */
  private static Uni<Optional<Run>> run(Services services, String name) {
    return services.runs().getRun(GetRunRequest.newBuilder().setName(name).build()).map(Optional::of)
        .onFailure(thrown -> Status.fromThrowable(thrown).getCode() == Status.Code.NOT_FOUND).recoverWithItem(Optional.empty());
  }
}
