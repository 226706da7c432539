package dev.engram.runs;

import dev.engram.v1.RunSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** The kinds of work known in this process, by kind. */
public final class RunTasks {
    private final Map<RunSpec.TaskCase, RunTask> tasks = new EnumMap<>(RunSpec.TaskCase.class);

    /** @throws IllegalArgumentException if two tasks claim one kind */
    public RunTasks(Iterable<? extends RunTask> tasks) {
        for (RunTask task : tasks) {
            RunTask other = this.tasks.putIfAbsent(task.kind(), task);
            if (other != null) {
                throw new IllegalArgumentException(
                        task.getClass().getName() + " and " + other.getClass().getName() + " both claim runs of " + kindName(task.kind()));
            }
        }
    }

    /** The tasks that the class path's {@code META-INF/services} name. */
    public static RunTasks load() {
        return new RunTasks(ServiceLoader.load(RunTask.class, RunTasks.class.getClassLoader()));
    }

    public static RunTasks of(RunTask... tasks) {
        return new RunTasks(List.of(tasks));
    }

    public Optional<RunTask> find(RunSpec.TaskCase kind) {
        return Optional.ofNullable(tasks.get(kind));
    }

    public Set<RunSpec.TaskCase> kinds() {
        return Set.copyOf(tasks.keySet());
    }

    /** A kind's name for people and for the catalogue: its field name in {@link RunSpec}, e.g. {@code train_encoder}. */
    public static String kindName(RunSpec.TaskCase kind) {
        if (kind == RunSpec.TaskCase.TASK_NOT_SET) {
            return "none";
        }
        return RunSpec.getDescriptor().findFieldByNumber(kind.getNumber()).getName();
    }
}
