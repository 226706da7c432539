package dev.engram.runs.worker;

import com.google.protobuf.util.Durations;
import dev.engram.v1.RunProgress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Turns a task's counts into progress with rate and time left, smoothed over the last minute. Any thread may report; memory is
 * constant.
 */
final class ProgressMeter {
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final long SPACING = Duration.ofMillis(500).toNanos();
    private static final long SHORTEST = Duration.ofSeconds(1).toNanos();

    private record Sample(long nanos, long done) {}

    private final LongSupplier nanoTime;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private RunProgress latest;
    private boolean reported;

    /** @param nanoTime a monotonic clock in nanoseconds */
    ProgressMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void report(String stage, long done, long total, String unit, Map<String, Double> metrics) {
        if (done < 0 || total < 0) {
            throw new IllegalArgumentException("progress counts cannot be negative: " + done + " of " + total);
        }
        long now = nanoTime.getAsLong();
        if (latest == null || !latest.getStage().equals(stage) || done < latest.getDone()) {
            samples.clear();
        }
        if (samples.isEmpty() || now - samples.peekLast().nanos() >= SPACING) {
            samples.addLast(new Sample(now, done));
        }
        while (samples.size() > 2 && now - samples.peekFirst().nanos() > WINDOW) {
            samples.removeFirst();
        }
        latest = withRate(RunProgress.newBuilder()
                .setStage(stage)
                .setDone(done)
                .setTotal(total)
                .setUnit(unit)
                .putAllMetrics(finite(metrics)), now);
        reported = true;
    }

    private RunProgress withRate(RunProgress.Builder progress, long now) {
        Sample oldest = samples.peekFirst();
        long elapsed = now - oldest.nanos();
        long work = progress.getDone() - oldest.done();
        if (elapsed < SHORTEST || work <= 0) {
            return progress.build();
        }
        double rate = work / (elapsed * 1e-9);
        progress.setRate(rate);
        if (progress.getTotal() > 0) {
            double seconds = Math.max(0, progress.getTotal() - progress.getDone()) / rate;
            progress.setEta(Durations.fromMillis(Math.round(seconds * 1000)));
        }
        return progress.build();
    }

    /** What is shown to people and sent as JSON: NaN and infinities have no place there and are left out. */
    private static Map<String, Double> finite(Map<String, Double> metrics) {
        Map<String, Double> kept = new TreeMap<>(metrics);
        kept.values().removeIf(value -> !Double.isFinite(value));
        return kept;
    }

    /** The latest progress if there was a report since the last call, otherwise null. */
    synchronized RunProgress takeChanged() {
        if (!reported) {
            return null;
        }
        reported = false;
        return latest;
    }
}
