package dev.engram.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.ComputeDevice;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.runs.launch.LocalLauncher;
import dev.engram.runs.launch.LocalWorkerSettings;
import dev.engram.runs.launch.WorkerOrder;
import dev.engram.runs.worker.WorkerMain;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker does not outlive the service that started it, however that ended. */
class OrphanTest {
    @TempDir
    Path home;

    @Test
    void aWorkerWhoseServiceWasKilledEnds() throws Exception {
        try (LaptopStore backend = new LaptopStore(home)) {
            new RunSubmission(backend.store().catalogue(), RunTasks.load()).submit(CountingTask.spec(100_000, 20), "orphan", null);
            LocalWorkerSettings workers = Laptop.workers(backend, LaptopSettings.standard());
            ProcessBuilder builder = new ProcessBuilder(
                    workers.java().toString(), "-Xmx64m", "-cp", workers.classPath(), Service.class.getName(), workers.classPath(), home.toString());
            builder.environment().putAll(backend.endpoints().toEnvironment());
            Process service = builder.inheritIO().start();
            try {
                assertTrue(Laptop.within(Duration.ofMinutes(5), () -> run(backend).state() == State.RUNNING), "the worker begins");
                String name = run(backend).worker().orElseThrow();
                ProcessHandle worker = ProcessHandle.of(Long.parseLong(name.substring(name.lastIndexOf(':') + 1))).orElseThrow();
                service.destroyForcibly().waitFor();
                Laptop.awaitEnd(worker);
            } finally {
                service.destroyForcibly();
            }
        }
    }

    private static RunRecord run(LaptopStore backend) {
        return backend.store().catalogue().runs().get("orphan");
    }

    /** Starts a worker and sleeps. */
    public static final class Service {
        private Service() {}

        public static void main(String[] arguments) throws Exception {
            Map<String, String> environment = StoreEndpoints.fromEnvironment(System.getenv()).toEnvironment();
            new LocalLauncher(new LocalWorkerSettings(LocalWorkerSettings.currentJava(), arguments[0], WorkerMain.class.getName(),
                    "128m", 1, List.of(ComputeDevice.CPU), Path.of(arguments[1]), environment, List.of())).launch(new WorkerOrder("orphan", 1));
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
