package dev.engram.runs.launch;

import dev.engram.runs.launch.WorkerEnd.Cause;
import dev.engram.runs.worker.WorkerExit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Says in one sentence how a worker ended, from its exit code, its last lines of output and the JVM's crash report. */
final class WorkerPostMortem {
    private static final int SIGNAL_BASE = 128;
    private static final int QUOTED_LINES = 3;
    private static final int REPORT_LINES = 40;
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    private WorkerPostMortem() {}

    /**
     * @param exitCode as the operating system tells it, 128 plus the signal's number for a process ended by one
     * @param tail last lines of output
     * @param crashReport where the JVM would have written one
     * @param heap the worker's heap limit
     */
    static WorkerEnd examine(int exitCode, List<String> tail, Path crashReport, String heap) {
        if (Files.exists(crashReport)) {
            return new WorkerEnd(Cause.DIED, "the worker crashed in native code: " + crashSummary(crashReport));
        }
        return switch (exitCode) {
            case WorkerExit.DONE -> new WorkerEnd(Cause.DONE, "the worker ended without recording an outcome");
            case WorkerExit.NOT_MINE -> new WorkerEnd(Cause.NOT_MINE, "the run was not this worker's");
            case WorkerExit.OUT_OF_MEMORY -> new WorkerEnd(
                    Cause.OUT_OF_MEMORY, "the worker ran out of memory: " + outOfMemory(tail) + " (heap limit " + heap + ", engram.worker.heap)");
            case WorkerExit.UNREACHABLE -> new WorkerEnd(
                    Cause.UNREACHABLE, "the worker gave up because store or catalogue could not be reached" + quote(tail));
            case WorkerExit.ORPHANED -> new WorkerEnd(Cause.DIED, "the worker ended because the service that started it was gone");
            case WorkerExit.MISCONFIGURED -> new WorkerEnd(Cause.DIED, "the worker could not start" + quote(tail));
            default -> new WorkerEnd(Cause.DIED, exitCode > SIGNAL_BASE ? killed(exitCode - SIGNAL_BASE, tail) : left(exitCode, tail));
        };
    }

    private static String killed(int signal, List<String> tail) {
        String name = SIGNALS.getOrDefault(signal, "unnamed");
        String hint = signal == 9 ? "; if nobody did, the machine may be out of memory" : quote(tail);
        return "the worker was killed by signal " + signal + " (" + name + ")" + hint;
    }

    private static String left(int exitCode, List<String> tail) {
        return "the worker exited with code " + exitCode + quote(tail);
    }

    private static String outOfMemory(List<String> tail) {
        String marker = "OutOfMemoryError";
        return tail.reversed().stream()
                .filter(line -> line.contains(marker))
                .map(line -> line.substring(line.indexOf(marker)))
                .findFirst()
                .orElse(marker);
    }

    private static String quote(List<String> tail) {
        List<String> lines = tail.stream().filter(line -> !line.isBlank()).map(String::strip).toList();
        if (lines.isEmpty()) {
            return "";
        }
        return "; its last output: " + String.join(" | ", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
    }

    /** The signal and the frame it happened in, both from the report's head: {@code SIGSEGV (0xb) in C [libtorch_cpu.so+0x3a]}. */
    private static String crashSummary(Path report) {
        String signal = "";
        String frame = "";
        try (Stream<String> lines = Files.lines(report, StandardCharsets.ISO_8859_1)) {
            boolean frameFollows = false;
            for (String line : (Iterable<String>) lines.limit(REPORT_LINES)::iterator) {
                String text = line.replaceFirst("^#\\s*", "").strip();
                if (frameFollows) {
                    frame = " in " + text.replaceAll("\\s+", " ");
                    frameFollows = false;
                }
                if (text.startsWith("SIG") || text.startsWith("EXCEPTION")) {
                    signal = text.replaceFirst(" at pc=.*", "");
                }
                frameFollows |= text.startsWith("Problematic frame");
            }
        } catch (IOException e) {
            return report + " (unreadable)";
        }
        return signal + frame + "; details in " + report;
    }
}
