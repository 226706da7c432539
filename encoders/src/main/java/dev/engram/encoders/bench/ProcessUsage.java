package dev.engram.encoders.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process uses of the machine. */
public final class ProcessUsage {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KILOBYTE = 1024;

    private ProcessUsage() {}

    /** Processor time of all threads so far, user and system, in seconds; in steps of 10 ms. */
    public static double cpuSeconds() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    /** Resident memory in bytes, or -1 where the system does not tell (it is read from {@code /proc}). */
    public static long residentBytes() {
        return status("VmRSS:");
    }

    /** Highest resident memory so far in bytes, or -1 where the system does not tell. */
    public static long peakResidentBytes() {
        return status("VmHWM:");
    }

    private static long status(String key) {
        if (!Files.isReadable(STATUS)) {
            return -1;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }
}
