package dev.engram.runs.worker;

import dev.engram.runs.RunTasks;
import dev.engram.runs.launch.WorkerIdentity;
import dev.engram.store.Store;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The worker program: {@code WorkerMain RUN_ID}, settings in the environment ({@link WorkerSettings}), exit codes in {@link WorkerExit}. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) {
        int code = run(arguments);
        System.out.flush();
        System.err.flush();
        // Without shutdown hooks: native libraries have threads that do not always let a JVM end.
        Runtime.getRuntime().halt(code);
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
            // Ctrl-C in a terminal goes to the whole process group; it is for the service to say what becomes of its workers.
            Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
            ParentWatch.start(parent);
        });
        try (Store store = Store.open(settings.endpoints(), settings.home())) {
            String name = WorkerIdentity.of(ProcessHandle.current().pid());
            return new Worker(store, RunTasks.load(), settings, name, Runtime.getRuntime()::halt).execute(arguments[0]);
        }
    }
}
