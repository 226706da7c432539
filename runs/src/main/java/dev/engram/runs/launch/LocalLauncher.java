package dev.engram.runs.launch;

import dev.engram.runs.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Workers as child JVMs of this process. They end with it: each watches its parent and leaves when that is gone, so a service that was
 * killed leaves no worker behind. A worker computes on one device, which it is told by {@code ENGRAM_DEVICE}; a card is one worker's alone
 * from its launch until it is forgotten.
 */
public final class LocalLauncher implements Launcher {
    private static final long LOG_CHARS = 4L << 20;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final LocalWorkerSettings settings;
    private final DeviceSlots devices;
    private final Map<String, Child> children = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Child(WorkerOrder order, Process process, RotatingOutput output, Thread reader) {}

    public LocalLauncher(LocalWorkerSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.devices = new DeviceSlots(settings.devices());
    }

    @Override
    public void launch(WorkerOrder order) throws LaunchException {
        if (children.containsKey(order.workerName())) {
            return;
        }
        ComputeDevice device = devices.take(order.workerName()).orElseThrow(() ->
                new LaunchException("every device of engram.devices is taken: " + settings.devices(), null));
        try {
            start(order, device);
        } catch (IOException e) {
            devices.free(order.workerName());
            throw new LaunchException("the worker process could not be started: " + e.getMessage(), e);
        }
    }

    private void start(WorkerOrder order, ComputeDevice device) throws IOException {
        Path directory = settings.directory(order.runId());
        Files.createDirectories(directory);
        Files.deleteIfExists(WorkerCommand.crashReport(directory, order));
        Process process = WorkerCommand.of(settings, order, device).start();
        process.getOutputStream().close();
        RotatingOutput output = new RotatingOutput(process.getInputStream(), directory.resolve("worker.log"), LOG_CHARS);
        Thread reader = Thread.ofPlatform().daemon().name("output of " + order.workerName()).start(output);
        children.put(order.workerName(), new Child(order, process, output, reader));
    }

    @Override
    public List<String> devices() {
        return settings.devices().stream().map(ComputeDevice::toString).toList();
    }

    @Override
    public WorkerStatus poll(String workerName) {
        Child child = children.get(workerName);
        if (child == null) {
            return new WorkerStatus.Unknown();
        }
        if (child.process().isAlive() || child.reader().isAlive() && !closed) {
            // Its last lines are still to be read; they may say why it ended. Nobody waits for them when the service stops.
            return new WorkerStatus.Alive();
        }
        Path report = WorkerCommand.crashReport(settings.directory(child.order().runId()), child.order());
        return new WorkerStatus.Ended(
                WorkerIdentity.of(child.process().pid()),
                WorkerPostMortem.examine(child.process().exitValue(), child.output().tail(), report, settings.heap()));
    }

    @Override
    public void kill(String workerName) {
        Child child = children.get(workerName);
        if (child != null) {
            child.process().destroyForcibly();
        }
    }

    @Override
    public void forget(String workerName) {
        Child child = children.get(workerName);
        if (child != null && !child.process().isAlive()) {
            children.remove(workerName);
            devices.free(workerName);
        }
    }

    @Override
    public void tidy(Function<Collection<String>, Set<String>> existing) {
        new WorkerFolders(settings.home().resolve("workers")).tidy(existing);
    }

    @Override
    public void close() {
        children.values().forEach(child -> child.process().destroyForcibly());
        for (Child child : children.values()) {
            try {
                child.process().waitFor();
                child.reader().join(LAST_WORDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        closed = true;
    }
}
