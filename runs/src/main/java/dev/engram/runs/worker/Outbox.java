package dev.engram.runs.worker;

import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.MetricPoint;
import dev.engram.v1.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Log lines and metric points on their way to the catalogue. Filled by the task at any rate, emptied with the heartbeats; while the
 * catalogue is away it keeps what fits and counts what it has to drop.
 */
final class Outbox {
    private static final int MOST_LINES = 1_000;
    private static final int MOST_POINTS = 50_000;
    private static final int LINES_AT_ONCE = 50;
    private static final int POINTS_BEFORE_THINNING = 2_000;

    private record Line(LogEntry.Severity severity, String message) {}

    private final Deque<Line> lines = new ArrayDeque<>();
    private final Map<String, SeriesThinner> thinners = new HashMap<>();
    private final Map<String, MetricPoint> skipped = new HashMap<>();
    private List<MetricPoint> points = new ArrayList<>();
    private int dropped;

    /** Held by whoever sends: what one takes out and writes, another must not write too. */
    private final Object sending = new Object();

    synchronized void log(LogEntry.Severity severity, String message) {
        if (lines.size() == MOST_LINES) {
            dropped++;
            return;
        }
        lines.addLast(new Line(severity, message));
    }

    /** Figures that are no numbers cannot be drawn and are left out; what made them so is the task's to report. */
    synchronized void metric(long step, String name, double value) {
        if (!Double.isFinite(value) || points.size() >= MOST_POINTS) {
            return;
        }
        MetricPoint point = new MetricPoint(name, step, value);
        if (thinners.computeIfAbsent(name, _ -> new SeriesThinner(POINTS_BEFORE_THINNING)).accept(step)) {
            points.add(point);
            skipped.remove(name);
            return;
        }
        skipped.put(name, point);
    }

    /** Writes a share of what waits, so that a heartbeat is never late for it. */
    void send(Catalogue catalogue, String runId) {
        synchronized (sending) {
            sendPoints(catalogue, runId);
            for (int i = 0; i < LINES_AT_ONCE && sendLine(catalogue, runId); i++) {
                // Each line is one short transaction.
            }
        }
    }

    /** Writes all that waits, and the last point of every series, which thinning may have left out. */
    void sendAll(Catalogue catalogue, String runId) {
        synchronized (this) {
            points.addAll(skipped.values());
            skipped.clear();
        }
        synchronized (sending) {
            sendPoints(catalogue, runId);
            while (sendLine(catalogue, runId)) {
                // Until there is none.
            }
        }
    }

    /** Writes the figures that wait. A resume point must not be ahead of them: work that goes on from there does not record them again. */
    void sendPoints(Catalogue catalogue, String runId) {
        synchronized (sending) {
            List<MetricPoint> batch;
            synchronized (this) {
                batch = List.copyOf(points);
            }
            if (batch.isEmpty()) {
                return;
            }
            catalogue.metrics().append(runId, batch);
            synchronized (this) {
                points = new ArrayList<>(points.subList(batch.size(), points.size()));
            }
        }
    }

    private boolean sendLine(Catalogue catalogue, String runId) {
        Line line;
        synchronized (this) {
            if (dropped > 0 && lines.isEmpty()) {
                lines.addLast(new Line(LogEntry.Severity.WARNING, dropped + " lines were dropped while the catalogue was away"));
                dropped = 0;
            }
            line = lines.peekFirst();
        }
        if (line == null) {
            return false;
        }
        catalogue.log().append(runId, line.severity(), line.message());
        synchronized (this) {
            lines.removeFirst();
        }
        return true;
    }
}
