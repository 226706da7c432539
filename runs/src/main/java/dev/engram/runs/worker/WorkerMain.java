package dev.engram.runs.worker;

import dev.engram.runs.RunTasks;
import dev.engram.runs.launch.WorkerIdentity;
import dev.engram.store.Store;
import dev.engram.store.artifact.ArtifactRepository;
import java.nio.file.Path;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The worker program: {@code WorkerMain RUN_ID}, settings in the environment ({@link WorkerSettings}), exit codes in {@link WorkerExit}. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) {
        chooseLogManager();
        int code = WorkerExit.DEFECT;
        try {
            code = run(arguments);
        } catch (Throwable defect) {
            defect.printStackTrace();
        }
        System.out.flush();
        System.err.flush();
        // Without shutdown hooks: native libraries have threads that do not always let a JVM end.
        Runtime.getRuntime().halt(code);
    }

    /** The services' class path has a log manager that complains on standard error unless it is named before the first log line. */
    private static void chooseLogManager() {
        String manager = "org.jboss.logmanager.LogManager";
        if (WorkerMain.class.getClassLoader().getResource(manager.replace('.', '/') + ".class") != null) {
            System.setProperty("java.util.logging.manager", manager);
        }
    }

    private static int run(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: WorkerMain RUN_ID");
            return WorkerExit.MISCONFIGURED;
        }
        WorkerSettings settings;
        try {
            settings = WorkerSettings.from(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return WorkerExit.MISCONFIGURED;
        }
        settings.parent().ifPresent(parent -> {
            // Ctrl-C and a closed terminal reach the whole process group; it is for the service to say what becomes of its workers.
            Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
            Signal.handle(new Signal("HUP"), SignalHandler.SIG_IGN);
            ParentWatch.start(parent);
        });
        String runId = arguments[0];
        Path scratch = settings.scratch(runId);
        try (Store store = Store.open(settings.endpoints(), settings.home())) {
            String name = WorkerIdentity.of(ProcessHandle.current().pid());
            return new Worker(draftingIn(scratch, store), RunTasks.load(), settings, name, Runtime.getRuntime()::halt).execute(runId);
        }
    }

    /** Artifacts in the making lie in the run's scratch space, so that what a killed worker leaves goes with it. */
    private static Store draftingIn(Path scratch, Store store) {
        ArtifactRepository artifacts = new ArtifactRepository(
                store.objects(), store.blobs(), store.catalogue().artifacts(), scratch.resolve("drafts"));
        return new Store(store.objects(), store.blobs(), artifacts, store.catalogue());
    }
}
