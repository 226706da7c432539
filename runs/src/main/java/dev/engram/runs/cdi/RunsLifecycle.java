package dev.engram.runs.cdi;

import dev.engram.runs.RunTasks;
import dev.engram.runs.executor.RunExecutor;
import dev.engram.runs.launch.Launcher;
import dev.engram.runs.launch.LocalLauncher;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.catalogue.Catalogue;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * The one executor of a process: for all kinds of runs whose tasks are on its class path, also when several services share the process. It
 * starts after the store and stops before it.
 */
@Singleton
public final class RunsLifecycle {
    private static final Logger LOG = System.getLogger(RunsLifecycle.class.getName());
    private static final int LATE = 5000;
    private static final int FIRST = 1;

    private final Catalogue catalogue;
    private final RunTasks tasks;
    private final StoreEndpoints endpoints;
    private final Instance<Launcher> launcher;
    private final ExecutorConfig config;
    private RunExecutor executor;

    /** @param launcher a bean of the service if workers are not to be children of this process */
    RunsLifecycle(Catalogue catalogue, RunTasks tasks, StoreEndpoints endpoints, Instance<Launcher> launcher, Config config) {
        this.catalogue = catalogue;
        this.tasks = tasks;
        this.endpoints = endpoints;
        this.launcher = launcher;
        this.config = new ExecutorConfig(config);
    }

    void start(@Observes @Priority(LATE) StartupEvent event) {
        Set<String> kinds = tasks.kinds().stream().map(RunTasks::kindName).collect(Collectors.toCollection(TreeSet::new));
        if (kinds.isEmpty() || config.slots() == 0) {
            LOG.log(Level.DEBUG, "This process executes no runs");
            return;
        }
        Launcher chosen = launcher.isResolvable() ? launcher.get() : new LocalLauncher(config.workers(endpoints));
        executor = new RunExecutor(catalogue, chosen, kinds, config.executor());
        executor.start();
        LOG.log(Level.INFO, "Executes runs of {0} in {1} slots on {2}", kinds, config.slots(), config.devices());
    }

    void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
        if (executor != null) {
            executor.close();
        }
    }
}
