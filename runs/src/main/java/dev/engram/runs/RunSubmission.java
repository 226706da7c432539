package dev.engram.runs;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ConflictException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.RunSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns a request into a queued run, once: the same request, by its request id or by run id and spec, is the same run, however often and
 * by however many callers at once it is sent.
 */
public final class RunSubmission {
    private static final int LONGEST_REQUEST_ID = 64;

    private final Catalogue catalogue;
    private final RunTasks tasks;
    private final Resources resources;

    public RunSubmission(Catalogue catalogue, RunTasks tasks) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.tasks = Objects.requireNonNull(tasks, "tasks");
        this.resources = new Resources(catalogue);
    }

    /**
     * Validates a spec and queues it.
     *
     * @param runId the id the run shall have; null or empty for one made of the kind and 50 random bits
     * @param requestId the client's id of the request, at most 64 characters; null or empty for none
     * @return the new run, or the one this request made before
     * @throws InvalidRunException with every field that is wrong, names of unknown resources included
     * @throws ConflictException if the run id or the request id was used for another spec
     */
    public RunRecord submit(RunSpec spec, String runId, String requestId) {
        FieldViolations violations = new FieldViolations();
        Optional<String> id = optional(runId);
        id.ifPresent(given -> violations.require(ResourceName.isId(given), idField(spec), "must be " + ResourceName.ID_RULE + ", is \"" + given + "\""));
        checkRequestId(requestId, violations);
        List<String> dependencies = check(spec, violations);
        List<RunSpec> parts = tasks.find(spec.getTaskCase()).filter(_ -> violations.isEmpty()).map(task -> task.parts(spec)).orElse(List.of());
        id.filter(given -> !RunParts.fits(given, parts)).ifPresent(given -> violations.add(
                idField(spec), "must have at most %d characters for a run with parts, has %d".formatted(RunParts.LONGEST_ID, given.length())));
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        String whole = id.orElseGet(() -> ResourceName.newId(kindOf(spec).replace('_', '-')));
        List<NewRun> newParts = IntStream.range(0, parts.size()).mapToObj(i -> part(RunParts.id(whole, i), parts.get(i))).toList();
        List<String> all = Stream.concat(dependencies.stream(), newParts.stream().map(NewRun::id)).toList();
        NewRun run = new NewRun(whole, optional(requestId), kindOf(spec), RunSpecs.toJson(spec), all);
        try {
            return catalogue.runs().create(run, newParts);
        } catch (ConflictException e) {
            return catalogue.runs().find(run.id()).filter(existing -> isSame(existing, run)).orElseThrow(() -> e);
        }
    }

    private static String kindOf(RunSpec spec) {
        return RunTasks.kindName(spec.getTaskCase());
    }

    /** A part says nothing that its whole does not say, so there is nothing to tell the caller about it. */
    private NewRun part(String id, RunSpec spec) {
        FieldViolations violations = new FieldViolations();
        List<String> dependencies = check(spec, violations);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("runs/" + id + " is invalid although its whole is not: " + violations.list());
        }
        return new NewRun(id, Optional.empty(), kindOf(spec), RunSpecs.toJson(spec), dependencies);
    }

    /** The run that has the id already is the same if it would do the same and was not asked for by another request. */
    private static boolean isSame(RunRecord existing, NewRun run) {
        return existing.kind().equals(run.kind())
                && existing.spec().equals(run.spec())
                && (run.requestId().isEmpty() || existing.requestId().isEmpty() || existing.requestId().equals(run.requestId()));
    }

    /** Reports what is wrong with a spec and returns the runs it depends on. */
    List<String> check(RunSpec spec, FieldViolations violations) {
        Optional<RunTask> task = tasks.find(spec.getTaskCase());
        if (task.isEmpty()) {
            violations.add("spec", "no task of this service executes runs of kind " + RunTasks.kindName(spec.getTaskCase()));
            return List.of();
        }
        FieldViolations own = new FieldViolations();
        task.get().validate(spec, own);
        own.list().forEach(violation -> violations.add(violation.getField(), violation.getDescription()));
        return dependencies(task.get().uses(spec), spec, violations);
    }

    /** Reports names of resources that do not exist, unless something is said about their field already. */
    private List<String> dependencies(List<String> uses, RunSpec spec, FieldViolations violations) {
        TreeSet<String> ids = new TreeSet<>();
        for (String resource : uses) {
            String field = RunSpecs.pathOf(spec, resource).orElse("spec");
            if (violations.list().stream().anyMatch(violation -> violation.getField().equals(field))) {
                continue;
            }
            resources.dependencies(resource).ifPresentOrElse(
                    ids::addAll, () -> violations.require(resource.isEmpty() && !violations.isEmpty(), field, resource + " does not exist"));
        }
        return List.copyOf(ids);
    }

    static void checkRequestId(String requestId, FieldViolations violations) {
        optional(requestId).ifPresent(given -> {
            violations.require(given.length() <= LONGEST_REQUEST_ID, "request_id", "must have at most " + LONGEST_REQUEST_ID + " characters, has " + given.length());
            violations.require(given.chars().noneMatch(Character::isISOControl), "request_id", "must have no control characters");
        });
    }

    /** The field of the request that names the run. */
    private static String idField(RunSpec spec) {
        return switch (spec.getTaskCase()) {
            case REGISTER_DATASET -> "dataset_id";
            case CREATE_SPLIT -> "split_id";
            case IMPORT_ENCODER, EDIT_ENCODER, FINE_TUNE -> "encoder_id";
            case TRAIN_ENCODER, PROBE, PRUNING, EXCHANGE, LAYER_MEM, UNIT_MEM, CKA, CLASS_MEM, REPLICATES, MEASURE_SHARD, MEASURES, INVARIANCE, DEJA_VU, ONE_MODEL, ATTACK_SWEEP, AUDIT, TRACED_PRUNING, TASK_NOT_SET -> "run_id";
        };
    }

    static Optional<String> optional(String text) {
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
