package dev.engram.runs.cdi;

import dev.engram.runs.ComputeDevice;
import dev.engram.runs.executor.ExecutorSettings;
import dev.engram.runs.executor.RetryRule;
import dev.engram.runs.launch.CudaDriver;
import dev.engram.runs.launch.DeviceSetting;
import dev.engram.runs.launch.LocalWorkerSettings;
import dev.engram.runs.launch.WorkerClassPath;
import dev.engram.runs.worker.WorkerMain;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.cdi.StoreBeans;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of a service that executes runs.
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>{@code engram.devices}</td><td>what workers compute on: {@code cpu}; cards, each one slot: {@code cuda:0,cuda:1}; or {@code auto}, all
 *     cards if workers have a native library for them, else the CPU; default auto</td></tr>
 * <tr><td>{@code engram.slots}</td><td>workers at the same time; 0 executes nothing here; default one for each card, or 1</td></tr>
 * <tr><td>{@code engram.threads}</td><td>threads of a worker; default the cores divided by the slots</td></tr>
 * <tr><td>{@code engram.heartbeat}</td><td>interval of heartbeats, three of which a lost worker misses; default PT5S</td></tr>
 * <tr><td>{@code engram.patience}</td><td>how long a worker waits for store and catalogue; default PT5M</td></tr>
 * <tr><td>{@code engram.stop-grace}</td><td>how long a worker may take to obey cancel or pause; default PT1M</td></tr>
 * <tr><td>{@code engram.shutdown-wait}</td><td>how long workers may take to save their state when the service stops; default PT10S</td></tr>
 * <tr><td>{@code engram.retries}</td><td>attempts after the first that nobody asks for; default 2</td></tr>
 * <tr><td>{@code engram.retry-wait}</td><td>wait before the first of them; default PT30S</td></tr>
 * <tr><td>{@code engram.worker.heap}</td><td>Java heap of a worker; default 1g</td></tr>
 * <tr><td>{@code engram.worker.class-path}</td><td>default: derived from this process</td></tr>
 * <tr><td>{@code engram.worker.options}</td><td>further options of a worker's JVM, separated by spaces</td></tr>
 * </table>
 */
final class ExecutorConfig {
    private final Config config;
    private final CudaDriver driver;
    private final String flavor;

    ExecutorConfig(Config config) {
        this(config, CudaDriver.ofThisMachine(), Objects.requireNonNullElse(System.getenv("PYTORCH_FLAVOR"), ""));
    }

    /** @param flavor of the native library that workers load */
    ExecutorConfig(Config config, CudaDriver driver, String flavor) {
        this.config = Objects.requireNonNull(config, "config");
        this.driver = Objects.requireNonNull(driver, "driver");
        this.flavor = Objects.requireNonNull(flavor, "flavor");
    }

    int slots() {
        Optional<Integer> asked = config.getOptionalValue("engram.slots", Integer.class);
        if (asked.isPresent() && asked.get() <= 0) {
            if (asked.get() < 0) {
                throw new IllegalArgumentException("engram.slots must be at least 0, is " + asked.get());
            }
            return 0;
        }
        List<ComputeDevice> devices = devices();
        int slots = asked.orElse(devices.size());
        if (slots > devices.size() && !devices.contains(ComputeDevice.CPU)) {
            throw new IllegalArgumentException("engram.slots must be at most the %d cards of engram.devices, is %d".formatted(devices.size(), slots));
        }
        return slots;
    }

    /** @throws IllegalArgumentException if one is named that is not there */
    List<ComputeDevice> devices() {
        return DeviceSetting.resolve(text(DeviceSetting.KEY, DeviceSetting.AUTO), driver, flavor);
    }

    /** For at least one slot. */
    ExecutorSettings executor() {
        ExecutorSettings defaults = ExecutorSettings.defaults();
        RetryRule retry = new RetryRule(
                number("engram.retries", defaults.retry().retries()),
                duration("engram.retry-wait", defaults.retry().first()),
                defaults.retry().longest());
        return new ExecutorSettings(
                slots(),
                defaults.tick(),
                heartbeat(),
                duration("engram.stop-grace", defaults.stopGrace()),
                duration("engram.shutdown-wait", defaults.shutdownWait()),
                retry);
    }

    LocalWorkerSettings workers(StoreEndpoints endpoints) {
        Map<String, String> environment = new HashMap<>(endpoints.toEnvironment());
        environment.put("ENGRAM_HEARTBEAT", heartbeat().toString());
        environment.put("ENGRAM_PATIENCE", duration("engram.patience", Duration.ofMinutes(5)).toString());
        return new LocalWorkerSettings(
                LocalWorkerSettings.currentJava(),
                classPath(),
                WorkerMain.class.getName(),
                text("engram.worker.heap", "1g"),
                number("engram.threads", Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, slots()))),
                devices(),
                StoreBeans.home(config),
                environment,
                options());
    }

    private List<String> options() {
        return Arrays.stream(text("engram.worker.options", "").split(" ")).filter(option -> !option.isBlank()).toList();
    }

    private String classPath() {
        return config.getOptionalValue("engram.worker.class-path", String.class).orElseGet(() -> WorkerClassPath.derive(System.getProperties()));
    }

    private Duration heartbeat() {
        return duration("engram.heartbeat", ExecutorSettings.defaults().heartbeat());
    }

    private String text(String key, String otherwise) {
        return config.getOptionalValue(key, String.class).orElse(otherwise);
    }

    private int number(String key, int otherwise) {
        return config.getOptionalValue(key, Integer.class).orElse(otherwise);
    }

    private Duration duration(String key, Duration otherwise) {
        return config.getOptionalValue(key, Duration.class).orElse(otherwise);
    }
}
