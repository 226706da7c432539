package dev.engram.store.service.grpc;

import dev.engram.runs.RunControl;
import dev.engram.runs.grpc.Answers;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.StatusMapping;
import dev.engram.store.Store;
import dev.engram.store.catalogue.Deletion;
import dev.engram.store.catalogue.RunFilter;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.RunTable;
import dev.engram.v1.CancelRunRequest;
import dev.engram.v1.DeleteRunRequest;
import dev.engram.v1.DeleteRunResponse;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.ListExecutorsRequest;
import dev.engram.v1.ListExecutorsResponse;
import dev.engram.v1.ListLogEntriesRequest;
import dev.engram.v1.ListLogEntriesResponse;
import dev.engram.v1.ListMetricSeriesRequest;
import dev.engram.v1.ListMetricSeriesResponse;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.ListRunsResponse;
import dev.engram.v1.LogEntry;
import dev.engram.v1.MetricSeries;
import dev.engram.v1.PauseRunRequest;
import dev.engram.v1.ResumeRunRequest;
import dev.engram.v1.Run;
import dev.engram.v1.RunService;
import dev.engram.v1.WatchRunRequest;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of every kind, whoever executes them. */
@GrpcService
public class RunGrpc implements RunService {

    private static final Duration PRESENT = Duration.ofSeconds(15);
    private static final int RUNS = 50;
    private static final int LOG_LINES = 200;
    private static final int MOST = 1000;
    private static final int POINTS = 500;
    private static final int FEWEST_POINTS = 2;
    private static final int MOST_POINTS = 10_000;
    private static final Set<String> FILTER_FIELDS = Set.of("state", "kind", "dependency");

    private final Store store;
    private final RunTable runs;
    private final RunControl control;
    private final RunMessages messages;
    private final RunWatch watch;

    RunGrpc(Store store) {
        this.store = store;
        this.runs = store.catalogue().runs();
        this.control = new RunControl(runs);
        this.messages = new RunMessages(store.catalogue().artifacts());
        this.watch = new RunWatch(runs, messages);
    }

    @Override
    public Uni<Run> getRun(GetRunRequest request) {
        return Answers.by(() -> messages.of(runs.get(Names.run("name", request.getName()))));
    }

    @Override
    public Uni<ListRunsResponse> listRuns(ListRunsRequest request) {
        return Answers.by(() -> runs(request));
    }

    private ListRunsResponse runs(ListRunsRequest request) {
        var violations = new FieldViolations();
        int size = Names.pageSize(violations, request.getPageSize(), RUNS, MOST);
        var filter = filter(request.getFilter(), violations);
        StatusMapping.requireValid(violations);
        var page = runs.list(filter, size, request.getPageToken());
        var fitting = AnswerSize.fitting(messages.of(page.items()));
        boolean cut = fitting.size() < page.items().size();
        return ListRunsResponse.newBuilder()
                .addAllRuns(fitting)
                .setNextPageToken(cut ? RunTable.pageTokenAfter(page.items().get(fitting.size() - 1)) : page.nextPageToken().orElse(""))
                .build();
    }

    @Override
    public Multi<Run> watchRun(WatchRunRequest request) {
        return Answers.stream(() -> watch.watch(Names.run("name", request.getName()), request.getSinceVersion()));
    }

    @Override
    public Uni<Run> cancelRun(CancelRunRequest request) {
        return Answers.by(() -> messages.of(control.cancel(Names.run("name", request.getName()))));
    }

    @Override
    public Uni<Run> pauseRun(PauseRunRequest request) {
        return Answers.by(() -> messages.of(control.pause(Names.run("name", request.getName()))));
    }

    @Override
    public Uni<Run> resumeRun(ResumeRunRequest request) {
        return Answers.by(() -> messages.of(resumed(Names.run("name", request.getName()), request.getAlone())));
    }

    private RunRecord resumed(String id, boolean alone) {
        return alone ? control.resumeAlone(id) : control.resume(id);
    }

    @Override
    public Uni<DeleteRunResponse> deleteRun(DeleteRunRequest request) {
        return Answers.by(() -> delete(request));
    }

    private DeleteRunResponse delete(DeleteRunRequest request) {
        String id = Names.run("name", request.getName());
        Deletion deletion = request.getValidateOnly() ? store.deletions().plan(id) : store.deletions().delete(id);
        return DeleteRunResponse.newBuilder()
                .addAllArtifacts(deletion.artifacts().stream().map(artifact -> "artifacts/" + artifact).toList())
                .setFreedBytes(deletion.bytes())
                .build();
    }

    @Override
    public Uni<ListLogEntriesResponse> listLogEntries(ListLogEntriesRequest request) {
        return Answers.by(() -> log(request));
    }

    private ListLogEntriesResponse log(ListLogEntriesRequest request) {
        String id = runs.get(Names.run("run", request.getRun())).id();
        var violations = new FieldViolations();
        int size = Names.pageSize(violations, request.getPageSize(), LOG_LINES, MOST);
        long after = sequence(request.getPageToken(), violations);
        StatusMapping.requireValid(violations);
        List<LogEntry> entries = AnswerSize.fitting(store.catalogue().log().read(id, after, size).stream().map(RunMessages::of).toList());
        long last = entries.isEmpty() ? after : entries.getLast().getSequence();
        return ListLogEntriesResponse.newBuilder()
                .addAllEntries(entries)
                .setNextPageToken(Long.toString(last))
                .build();
    }

    @Override
    public Uni<ListMetricSeriesResponse> listMetricSeries(ListMetricSeriesRequest request) {
        return Answers.by(() -> series(request));
    }

    private ListMetricSeriesResponse series(ListMetricSeriesRequest request) {
        String id = runs.get(Names.run("run", request.getRun())).id();
        int points = request.getMaxPoints() == 0 ? POINTS : request.getMaxPoints();
        var violations = new FieldViolations();
        violations.require(points >= FEWEST_POINTS && points <= MOST_POINTS, "max_points",
                "must be " + FEWEST_POINTS + " to " + MOST_POINTS + ", is " + points);
        StatusMapping.requireValid(violations);
        var response = ListMetricSeriesResponse.newBuilder();
        store.catalogue().metrics().series(id, points).forEach((name, values) -> {
            var series = MetricSeries.newBuilder().setName(name);
            values.forEach(point -> series.addSteps(point.step()).addValues(point.value()));
            response.addSeries(series);
        });
        return response.build();
    }

    @Override
    public Uni<ListExecutorsResponse> listExecutors(ListExecutorsRequest request) {
        return Answers.by(() -> ListExecutorsResponse.newBuilder()
                .addAllExecutors(store.catalogue().executors().within(PRESENT).stream().map(RunMessages::of).toList())
                .build());
    }

    private static RunFilter filter(String text, FieldViolations violations) {
        Map<String, String> conditions = Conditions.parse(text, FILTER_FIELDS, violations);
        var states = Optional.ofNullable(conditions.get("state")).flatMap(name -> state(name, violations)).map(Set::of).orElse(Set.of());
        var kinds = Optional.ofNullable(conditions.get("kind")).map(Set::of).orElse(Set.of());
        var dependency = Optional.ofNullable(conditions.get("dependency")).map(name -> Names.run("filter", name));
        return new RunFilter(states, kinds, dependency);
    }

    private static Optional<Run.State> state(String name, FieldViolations violations) {
        try {
            return Optional.of(Run.State.valueOf(name));
        } catch (IllegalArgumentException unknown) {
            violations.add("filter", "knows no state '" + name + "'");
            return Optional.empty();
        }
    }

    private static long sequence(String token, FieldViolations violations) {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException foreign) {
            violations.add("page_token", "is not one that this method gave");
            return 0;
        }
    }
}
