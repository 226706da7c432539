package dev.engram.metrics.bench;

import dev.engram.encoders.bench.ProcessUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A process of its own for what is measured of a whole process: its figures come back as words of one line. */
final class ChildProcess {
    private static final String MARK = "engram-figures:";

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param heap as the JVM's option has it: {@code 512m}
     * @param main has the main method
     */
    static ChildProcess start(String classPath, String heap, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"), "-Xmx" + heap, "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end and returns its figures. */
    double[] figures() {
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !output.contains(MARK)) {
                throw new IllegalStateException("the process ended with " + process.exitValue() + ": " + output);
            }
            String line = output.substring(output.indexOf(MARK) + MARK.length()).lines().findFirst().orElseThrow();
            return List.of(line.strip().split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process measured", e);
        }
    }

    /** To be called by the process itself at its end; its processor time comes last. */
    static void tell(double... figures) {
        StringBuilder line = new StringBuilder(MARK);
        for (double figure : figures) {
            line.append(' ').append(figure);
        }
        System.out.println(line.append(' ').append(ProcessUsage.cpuSeconds()));
    }
}
