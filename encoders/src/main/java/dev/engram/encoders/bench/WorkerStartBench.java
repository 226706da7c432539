package dev.engram.encoders.bench;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.engine.TorchProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long a new process takes until its engine has done its first operation: what every worker waits for before its work. Peer:
 * {@code docs/bench/peers.py worker-start}, a Python process that imports PyTorch.
 *
 * @param classPath of the process
 * @param times processes started, at least 1
 */
public record WorkerStartBench(String classPath, int times) {
    private static final String MARK = "engram-start:";

    /**
     * What was measured, the median of the processes.
     *
     * @param seconds from starting the process to its end
     * @param jvmSeconds from starting the process to its first line of Java
     * @param engineSeconds from there until the native libraries are loaded
     * @param firstOperationSeconds from there until a program has been compiled and run
     */
    public record Result(double seconds, double jvmSeconds, double engineSeconds, double firstOperationSeconds) {}

    /** Measures. */
    public Result run() {
        List<Result> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(once());
        }
        all.sort(Comparator.comparingDouble(Result::seconds));
        return all.get((times - 1) / 2);
    }

    private Result once() {
        String java = ProcessHandle.current().info().command().orElse("java");
        ProcessBuilder builder = new ProcessBuilder(
                java, "-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", classPath, Child.class.getName());
        try {
            long begun = System.currentTimeMillis();
            Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !output.contains(MARK)) {
                throw new IllegalStateException("the process ended with " + process.exitValue() + ": " + output);
            }
            long ended = System.currentTimeMillis();
            String[] told = output.substring(output.indexOf(MARK) + MARK.length()).strip().split(" ");
            long main = Long.parseLong(told[0]);
            return new Result(
                    (ended - begun) / 1e3, (main - begun) / 1e3, Long.parseLong(told[1]) / 1e3, Long.parseLong(told[2]) / 1e3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process started", e);
        }
    }

    /** The process that is started. */
    public static final class Child {
        private Child() {}

        /** Tells when it began and how long the engine and its first operation took. */
        public static void main(String[] arguments) {
            long begun = System.currentTimeMillis();
            TorchEngine.start(ManagementFactory.getOperatingSystemMXBean().getAvailableProcessors());
            long started = System.currentTimeMillis();
            try (Scope scope = Scope.open();
                    TorchProgram program = TorchProgram.compile("""
                            def forward(self, x: Tensor) -> Tensor:
                              return torch.mm(x, x)
                            """)) {
                program.run(scope, scope.zeros(ElementType.FLOAT32, 64, 64));
            }
            System.out.println(MARK + begun + " " + (started - begun) + " " + (System.currentTimeMillis() - started));
        }
    }
}
