package dev.engram.local;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a figure was measured on.
 *
 * @param cpu model, as the operating system names it
 * @param cores that this process may use
 * @param memoryGiB of the machine
 * @param java version of the runtime
 * @param system name, version and architecture
 * @param load average number of runnable processes over the last minute when it was asked; -1 where it is not known
 */
record Machine(String cpu, int cores, long memoryGiB, String java, String system, double load) {

    static Machine current() {
        OperatingSystemMXBean bean = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                Math.round(bean.getTotalMemorySize() / (double) (1L << 30)),
                Runtime.version().toString(),
                bean.getName() + " " + bean.getVersion() + " " + bean.getArch(),
                bean.getSystemLoadAverage());
    }

    private static String cpuModel() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException noSuchFile) {
            return System.getProperty("os.arch");
        }
    }
}
