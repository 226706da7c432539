package dev.engram.runs.testing;

import dev.engram.runs.launch.LaunchException;
import dev.engram.runs.launch.Launcher;
import dev.engram.runs.launch.WorkerEnd;
import dev.engram.runs.launch.WorkerOrder;
import dev.engram.runs.launch.WorkerStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Workers that do what the test says. */
public final class FakeLauncher implements Launcher {
    private final Map<String, WorkerStatus> workers = new LinkedHashMap<>();
    private final List<String> launches = new ArrayList<>();
    private final Set<String> killed = new HashSet<>();
    private final Set<String> left = new HashSet<>();
    private String refusal;
    private Error defect;

    /** The name in the catalogue of the worker for an attempt. */
    public static String identity(String workerName) {
        return "fake:" + workerName;
    }

    @Override
    public void launch(WorkerOrder order) throws LaunchException {
        if (defect != null) {
            Error thrown = defect;
            defect = null;
            throw thrown;
        }
        if (refusal != null) {
            throw new LaunchException(refusal, null);
        }
        if (workers.putIfAbsent(order.workerName(), new WorkerStatus.Alive()) == null) {
            launches.add(order.workerName());
            left.add(order.runId());
        }
    }

    @Override
    public WorkerStatus poll(String workerName) {
        return workers.getOrDefault(workerName, new WorkerStatus.Unknown());
    }

    @Override
    public void kill(String workerName) {
        if (workers.containsKey(workerName)) {
            killed.add(workerName);
            end(workerName, WorkerEnd.Cause.DIED, "the worker was killed by signal 9 (SIGKILL)");
        }
    }

    @Override
    public void forget(String workerName) {
        workers.remove(workerName);
    }

    @Override
    public void tidy(Function<Collection<String>, Set<String>> existing) {
        left.retainAll(existing.apply(Set.copyOf(left)));
    }

    /** Runs whose workers left something on this machine. */
    public Set<String> left() {
        return left;
    }

    @Override
    public void close() {
        List.copyOf(workers.keySet()).forEach(this::kill);
    }

    public void end(String workerName, WorkerEnd.Cause cause, String message) {
        workers.put(workerName, new WorkerStatus.Ended(identity(workerName), new WorkerEnd(cause, message)));
    }

    /** From now on no worker can be started; null ends that. */
    public void refuse(String message) {
        refusal = message;
    }

    /** The next worker is not started: the machine is out of something, or a class is gone. */
    public void failOnce(Error error) {
        defect = error;
    }

    /** Names of all workers ever started, in order. */
    public List<String> launches() {
        return List.copyOf(launches);
    }

    public Set<String> killed() {
        return Set.copyOf(killed);
    }
}
