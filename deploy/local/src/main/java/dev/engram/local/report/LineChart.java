package dev.engram.local.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line chart as SVG text, with an optional band (an interval) around each line. */
final class LineChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int LEFT = 56;
    private static final int RIGHT = 16;
    private static final int TOP = 14;
    private static final int TICKS = 5;

    private final String title;
    private final List<String> labels;
    private final List<Series> series = new ArrayList<>();
    private final int bottom;

    /** @param labels names of the positions on the horizontal axis, one a value */
    LineChart(String title, List<String> labels) {
        this.title = title;
        this.labels = List.copyOf(labels);
        boolean slanted = labels.stream().mapToInt(String::length).max().orElse(0) > 6;
        this.bottom = slanted ? 96 : 32;
    }

    /**
     * @param color name of a CSS class {@code color-…} of the report
     * @param low lower ends of the band, or an empty list for none
     */
    LineChart add(String name, String color, List<Double> values, List<Double> low, List<Double> high) {
        if (values.size() != labels.size() || low.size() != high.size() || (!low.isEmpty() && low.size() != values.size())) {
            throw new IllegalArgumentException(name + ": " + values.size() + " values for " + labels.size() + " positions");
        }
        series.add(new Series(name, color, values, low, high));
        return this;
    }

    String svg() {
        double min = Math.min(0, extreme(false));
        double max = extreme(true);
        double step = niceStep((max - min) / TICKS);
        min = Math.floor(min / step) * step;
        max = Math.max(min + step, Math.ceil(max / step) * step);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, Html.escape(title)));
        axes(svg, min, max, step);
        for (Series line : series) {
            if (!line.low().isEmpty()) {
                band(svg, line, min, max);
            }
        }
        for (Series line : series) {
            path(svg, line, min, max);
        }
        svg.append("</svg>");
        return svg.append(legend()).toString();
    }

    private void axes(StringBuilder svg, double min, double max, double step) {
        for (double tick = min; tick <= max + step / 2; tick += step) {
            double y = y(tick, min, max);
            boolean zero = Math.abs(tick) < step / 2;
            svg.append(String.format(Locale.ROOT, "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    zero ? "zero" : "grid", LEFT, WIDTH - RIGHT, y, y));
            svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4, number(zero ? 0 : tick, step)));
        }
        int every = Math.max(1, (int) Math.ceil(labels.size() / 24.0));
        for (int i = 0; i < labels.size(); i += every) {
            double x = x(i);
            double y = HEIGHT - bottom + 14;
            String text = Html.escape(labels.get(i));
            svg.append(bottom > 40
                    ? String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" transform=\"rotate(-45 %.1f %.1f)\">%s</text>", x, y, x, y, text)
                    : String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>", x, y + 4, text));
        }
    }

    private void band(StringBuilder svg, Series line, double min, double max) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.high().size(); i++) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(line.high().get(i), min, max)));
        }
        for (int i = line.low().size() - 1; i >= 0; i--) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(line.low().get(i), min, max)));
        }
        svg.append("<polygon class=\"band color-").append(line.color()).append("\" points=\"").append(points).append("\"/>");
    }

    private void path(StringBuilder svg, Series line, double min, double max) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.values().size(); i++) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(line.values().get(i), min, max)));
        }
        svg.append("<polyline class=\"line color-").append(line.color()).append("\" points=\"").append(points).append("\"/>");
        if (line.values().size() > 40) {
            return;
        }
        for (int i = 0; i < line.values().size(); i++) {
            svg.append(String.format(Locale.ROOT, "<circle class=\"dot color-%s\" r=\"3\" cx=\"%.1f\" cy=\"%.1f\"><title>%s, %s: %.4f</title></circle>",
                    line.color(), x(i), y(line.values().get(i), min, max), Html.escape(line.name()), Html.escape(labels.get(i)), line.values().get(i)));
        }
    }

    private String legend() {
        StringBuilder legend = new StringBuilder("<p class=\"legend\">");
        for (Series line : series) {
            legend.append("<span><i class=\"swatch color-").append(line.color()).append("\"></i>").append(Html.escape(line.name())).append("</span>");
        }
        return legend.append("</p>").toString();
    }

    private double extreme(boolean highest) {
        double found = highest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (Series line : series) {
            for (List<Double> values : List.of(line.values(), line.low(), line.high())) {
                for (double value : values) {
                    found = highest ? Math.max(found, value) : Math.min(found, value);
                }
            }
        }
        return Double.isInfinite(found) ? 0 : found;
    }

    private double x(int position) {
        double span = WIDTH - LEFT - RIGHT;
        return LEFT + span * (position + 0.5) / labels.size();
    }

    private double y(double value, double min, double max) {
        return TOP + (HEIGHT - TOP - bottom) * (max - value) / (max - min);
    }

    private static double niceStep(double raw) {
        if (!(raw > 0)) {
            return 0.1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double digit = raw / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    private static String number(double value, double step) {
        int decimals = (int) Math.clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 6);
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private record Series(String name, String color, List<Double> values, List<Double> low, List<Double> high) {}
}
