package dev.engram.store.catalogue;

import dev.engram.store.ConflictException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.LogEntry;
import dev.engram.v1.Run;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runs: made once, claimed by one worker at a time, changed atomically. */
public final class RunTable {

    private static final Set<Run.State> ENDED = Set.of(Run.State.SUCCEEDED, Run.State.FAILED, Run.State.CANCELLED);

    private static final int IDS_AT_ONCE = 500;

    private static final int LONGEST_ERROR = 10_000;

    private final Database database;

    RunTable(Database database) {
        this.database = database;
    }

    /**
     * Queues a run, or returns the one that this request id made before.
     *
     * @throws ConflictException when the request id made a different run, or the id is taken
     * @throws ObjectNotFoundException when a dependency does not exist
     */
    public RunRecord create(NewRun run) {
        return createAll(List.of(run)).getFirst();
    }

    /** Queues all of these runs or none; each as {@link #create} would. A run may depend on one before it. */
    public List<RunRecord> createAll(List<NewRun> runs) {
        return RunInserts.untilSettled(() -> database.transact(transaction -> RunInserts.insertAll(transaction, runs)));
    }

    /**
     * Queues a run and its parts, all or none, or returns the run that this request id made before. The run depends on its parts.
     *
     * @param parts without request ids; their ids follow from the run's
     * @throws ConflictException when the request id made a different run, or an id is taken
     * @throws ObjectNotFoundException when a dependency does not exist
     */
    public RunRecord create(NewRun run, List<NewRun> parts) {
        return RunInserts.untilSettled(() -> database.transact(transaction -> RunInserts.insert(transaction, run, parts)));
    }

    /** The parts a run was made with, oldest first; none for most runs. */
    public List<RunRecord> parts(String id) {
        return database.transact(t -> RunRows.parts(t, id));
    }

    public Optional<RunRecord> find(String id) {
        return database.transact(transaction -> RunRows.find(transaction, id));
    }

    /** @throws ObjectNotFoundException when there is no such run */
    public RunRecord get(String id) {
        return find(id).orElseThrow(() -> new ObjectNotFoundException("runs/" + id));
    }

    /** The current version, or 0 when there is no such run. The cheapest way to see a change. */
    public long version(String id) {
        return database.transact(t -> t.first("SELECT version FROM runs WHERE id = ?", row -> row.getLong(1), id)).orElse(0L);
    }

    /**
     * Changes a run's state if it is in one of {@code from} now; clears what was requested.
     *
     * @return the run as changed, or empty when it was in another state
     * @throws ObjectNotFoundException when there is no such run
     */
    public Optional<RunRecord> transition(String id, Set<Run.State> from, StateChange change) {
        return RunInserts.untilSettled(() -> database.transact(t -> {
            if (change(t, change, id, "state IN (" + Transaction.marks(from.size()) + ")", from.toArray())) {
                return RunRows.find(t, id);
            }
            RunRows.find(t, id).orElseThrow(() -> new ObjectNotFoundException("runs/" + id));
            return Optional.empty();
        }));
    }

    /** The end of a claim, by the worker that holds it: changes the state if the claim still stands, and returns empty if not. */
    public Optional<RunRecord> release(Claim claim, StateChange change) {
        return RunInserts.untilSettled(() -> database.transact(t ->
                change(t, change, claim.runId(), "state = ? AND worker = ? AND attempt = ?", Run.State.RUNNING, claim.worker(), claim.attempt())
                        ? RunRows.find(t, claim.runId())
                        : Optional.empty()));
    }

    private static boolean change(Transaction t, StateChange change, String id, String condition, Object... rest) throws SQLException {
        var error = change.error();
        var parameters = new ArrayList<Object>();
        parameters.add(change.to());
        parameters.add(error.map(e -> e.getCategory().name()).orElse(null));
        parameters.add(error.map(e -> Texts.storable(e.getMessage(), LONGEST_ERROR)).orElse(null));
        parameters.add(error.map(e -> e.getRetryable()).orElse(null));
        parameters.add(error.map(e -> e.getStep()).orElse(null));
        parameters.add(ENDED.contains(change.to()) ? t.now() : null);
        parameters.add(t.now());
        parameters.add(id);
        parameters.addAll(List.of(rest));
        boolean changed = t.update("""
                UPDATE runs SET state = ?, requested = NULL, worker = NULL,
                  error_category = ?, error_message = ?, error_retryable = ?, error_step = ?,
                  ended_at = ?, updated_at = ?, version = version + 1
                WHERE id = ? AND\s""" + condition, parameters.toArray()) == 1;
        if (changed && change.line().isPresent()) {
            RunLog.append(t, id, error.isPresent() ? LogEntry.Severity.ERROR : LogEntry.Severity.INFO, change.line().get());
        }
        return changed;
    }

    /**
     * Asks the worker of a run to pause or cancel, if the run is in one of {@code from} now; it learns of it at its next heartbeat.
     *
     * @param requested PAUSED or CANCELLED; CANCELLED is never taken back by PAUSED
     * @return the run as changed, or empty when it was in another state
     */
    public Optional<RunRecord> request(String id, Set<Run.State> from, Run.State requested) {
        return database.transact(t -> {
            var parameters = new ArrayList<Object>(List.of(Run.State.CANCELLED, requested, t.now(), id));
            parameters.addAll(from);
            int changed = t.update("""
                    UPDATE runs SET requested = CASE WHEN requested = ? THEN requested ELSE ? END, updated_at = ?, version = version + 1
                    WHERE id = ? AND state IN (""" + Transaction.marks(from.size()) + ")", parameters.toArray());
            var run = RunRows.find(t, id).orElseThrow(() -> new ObjectNotFoundException("runs/" + id));
            return changed == 1 ? Optional.of(run) : Optional.empty();
        });
    }

    /**
     * Gives the oldest queued run of these kinds whose dependencies have all succeeded to {@code worker}: it becomes RUNNING, its attempt grows.
     * Atomic among any number of claimants: a run goes to exactly one.
     */
    public Optional<RunRecord> claimNext(Set<String> kinds, String worker) {
        return database.transact(t -> {
            for (var id : Claims.candidates(t, kinds)) {
                if (Claims.take(t, id, worker, null, null)) {
                    return RunRows.find(t, id);
                }
            }
            return Optional.empty();
        });
    }

    /** Queued runs of these kinds whose dependencies have all succeeded, oldest first; at most 100. */
    public List<RunRecord> ready(Set<String> kinds) {
        return database.transact(t -> {
            var ids = Claims.candidates(t, kinds);
            return ids.isEmpty() ? List.of() : RunRows.select(t, "WHERE id IN (" + Transaction.marks(ids.size()) + ") ORDER BY created_at, id", ids.toArray());
        });
    }

    /**
     * Gives a certain run to {@code worker} if it is still queued and {@code attempt} is its next one: it becomes RUNNING. Of several workers
     * started for the same attempt, one gets it.
     *
     * @param device what it will compute on, for people
     * @param engramVersion of the worker
     */
    public Optional<RunRecord> claim(String id, int attempt, String worker, String device, String engramVersion) {
        return database.transact(t -> {
            if (Claims.take(t, id, attempt, worker, device, engramVersion)) {
                return RunRows.find(t, id);
            }
            return Optional.empty();
        });
    }

    /** As above, of a worker that does not say its version. */
    public Optional<RunRecord> claim(String id, int attempt, String worker, String device) {
        return claim(id, attempt, worker, device, null);
    }

    /** A sign of life, with progress when there is some, answered with what the worker shall do. Cost: one small transaction. */
    public Heartbeat heartbeat(Claim claim, Optional<String> progress) {
        return database.transact(t -> Claims.heartbeat(t, claim, progress));
    }

    /** Queued runs that can never start, because a run they depend on has ended otherwise than well. */
    public List<BlockedRun> blocked() {
        return database.transact(t -> t.query("""
                SELECT r.id AS run_id, d.id AS dependency_id, d.state AS dependency_state
                FROM runs r JOIN run_dependencies rd ON rd.run_id = r.id JOIN runs d ON d.id = rd.dependency_id
                WHERE r.state = ? AND d.state IN (?, ?) ORDER BY r.created_at, r.id, d.id""",
                row -> new BlockedRun(row.getString(1), row.getString(2), Run.State.valueOf(row.getString(3))),
                Run.State.QUEUED, Run.State.FAILED, Run.State.CANCELLED));
    }

    /** Running runs whose worker has given no sign for {@code silence}, by the database server's clock. */
    public List<RunRecord> silent(Duration silence) {
        return database.transact(t -> RunRows.select(t, "WHERE state = ? AND heartbeat_at < ? ORDER BY heartbeat_at", Run.State.RUNNING, t.now().minus(silence)));
    }

    /** The database server's time now, which all times of runs are measured by. */
    public Instant now() {
        return database.clock().instant();
    }

    /** Runs newest first. {@code pageToken} is empty or from the page before; {@code pageSize} 1 to 1000. */
    public Page<RunRecord> list(RunFilter filter, int pageSize, String pageToken) {
        PageToken.requireSize(pageSize);
        var after = PageToken.parse(pageToken);
        var where = Where.of(filter, after);
        var parameters = new ArrayList<>(where.parameters());
        parameters.add(pageSize + 1);
        var rows = database.transact(t -> RunRows.select(t, where.sql() + " ORDER BY created_at DESC, id DESC LIMIT ?", parameters.toArray()));
        return PageToken.page(rows, pageSize, run -> new PageToken(run.createdAt(), run.id()));
    }

    /** The page token that goes on after this run, for a page that is cut short there. */
    public static String pageTokenAfter(RunRecord run) {
        return new PageToken(run.createdAt(), run.id()).encode();
    }

    /** Those of these ids that are runs. Cost: one query for 500 ids. */
    public Set<String> existing(Collection<String> ids) {
        var asked = List.copyOf(ids);
        var found = new HashSet<String>();
        for (int from = 0; from < asked.size(); from += IDS_AT_ONCE) {
            var some = asked.subList(from, Math.min(from + IDS_AT_ONCE, asked.size()));
            found.addAll(database.transact(t -> t.query(
                    "SELECT id FROM runs WHERE id IN (" + Transaction.marks(some.size()) + ")", row -> row.getString(1), some.toArray())));
        }
        return found;
    }

    /** How many runs are in each state that has any. */
    public Map<Run.State, Long> counts() {
        var counts = new EnumMap<Run.State, Long>(Run.State.class);
        database.transact(t -> t.query("SELECT state, COUNT(*) FROM runs GROUP BY state", row -> counts.put(Run.State.valueOf(row.getString(1)), row.getLong(2))));
        return counts;
    }
}
