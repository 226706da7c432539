package dev.engram.runs.launch;

import dev.engram.runs.ComputeDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line and environment of a worker on this machine. */
final class WorkerCommand {
    private WorkerCommand() {}

    static ProcessBuilder of(LocalWorkerSettings settings, WorkerOrder order, ComputeDevice device) {
        Path directory = settings.directory(order.runId());
        List<String> command = new ArrayList<>(List.of(
                settings.java().toString(),
                "-Xmx" + settings.heap(),
                // The heap holds little beside tensors' handles: one collecting thread leaves the cores to the arithmetic.
                "-XX:+UseSerialGC",
                // After one failed allocation nothing can be trusted, the heartbeat least of all. Resuming is safe.
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + crashReport(directory, order),
                "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.graph_optimizer=false",
                // What it sets down for a while goes with its folder, and lies where the home has room.
                "-Djava.io.tmpdir=" + directory,
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8"));
        command.addAll(settings.options());
        command.addAll(List.of("-cp", settings.classPath(), settings.mainClass(), order.runId()));

        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        String threads = Integer.toString(settings.threads());
        Map<String, String> environment = builder.environment();
        environment.putAll(settings.environment());
        environment.put("ENGRAM_HOME", settings.home().toString());
        environment.put("ENGRAM_THREADS", threads);
        environment.put("ENGRAM_DEVICE", device.name());
        environment.put("ENGRAM_WORKER_ATTEMPT", Integer.toString(order.attempt()));
        environment.put("ENGRAM_WORKER_PARENT", Long.toString(ProcessHandle.current().pid()));
        environment.put("OMP_NUM_THREADS", threads);
        environment.put("MKL_NUM_THREADS", threads);
        environment.put("MALLOC_ARENA_MAX", "1");
        environment.put("DJL_OFFLINE", "true");
        environment.put("OPT_OUT_TRACKING", "true");
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.remove("JDK_JAVA_OPTIONS");
        return builder;
    }

    static Path crashReport(Path directory, WorkerOrder order) {
        return directory.resolve("hs_err-" + order.attempt() + ".log");
    }
}
