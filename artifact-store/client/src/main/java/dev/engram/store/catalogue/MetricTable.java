package dev.engram.store.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Series of figures that runs record while they work. */
public final class MetricTable {

    private static final int FEWEST_POINTS = 4;

    private final Database database;

    MetricTable(Database database) {
        this.database = database;
    }

    /** Adds points, replacing those of the same series and step: a resumed run repeats some steps. All or none are written. */
    public void append(String runId, List<MetricPoint> points) {
        var unique = new LinkedHashMap<List<Object>, MetricPoint>();
        points.forEach(point -> unique.put(List.of(point.name(), point.step()), point));
        database.transact(t -> {
            t.batch("DELETE FROM run_metrics WHERE run_id = ? AND name = ? AND step = ?",
                    unique.values().stream().map(point -> new Object[] {runId, point.name(), point.step()}).toList());
            t.batch("INSERT INTO run_metrics (run_id, name, step, val) VALUES (?, ?, ?, ?)",
                    unique.values().stream().map(point -> new Object[] {runId, point.name(), point.step(), point.value()}).toList());
            return null;
        });
    }

    /**
     * All series of a run by name, points by step, each thinned in the database to at most {@code maxPoints} (at least 4): first, last,
     * minimum and maximum always, the others evenly by position.
     */
    public Map<String, List<MetricPoint>> series(String runId, int maxPoints) {
        int points = Math.max(FEWEST_POINTS, maxPoints);
        int buckets = points - 3;
        var series = new LinkedHashMap<String, List<MetricPoint>>();
        database.transact(t -> t.query("""
                SELECT name, step, val FROM (
                  SELECT name, step, val,
                    ROW_NUMBER() OVER (PARTITION BY name ORDER BY step) - 1 AS position,
                    ROW_NUMBER() OVER (PARTITION BY name ORDER BY val, step) AS from_least,
                    ROW_NUMBER() OVER (PARTITION BY name ORDER BY val DESC, step) AS from_most,
                    COUNT(*) OVER (PARTITION BY name) AS points
                  FROM run_metrics WHERE run_id = ?) AS ranked
                WHERE points <= ? OR position = 0 OR from_least = 1 OR from_most = 1
                  OR position * ? / (points - 1) <> (position - 1) * ? / (points - 1)
                ORDER BY name, step""",
                row -> series.computeIfAbsent(row.getString(1), _ -> new ArrayList<>()).add(new MetricPoint(row.getString(1), row.getLong(2), row.getDouble(3))),
                runId, points, buckets, buckets));
        return series;
    }
}
