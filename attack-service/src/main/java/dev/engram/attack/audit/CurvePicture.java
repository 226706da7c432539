package dev.engram.attack.audit;

import dev.engram.v1.CurvePoint;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Accuracy of target and reference at each share of most confident images, as SVG: both axes from 0 to 100 %, the same in every report. Its colors are those
 * of the page it stands in.
 */
final class CurvePicture {
    /** Styles of its lines, and of the words that tell them apart. */
    static final String STYLE = ".t{stroke:var(--target)}.r{stroke:var(--reference)}.t,.r{fill:none;stroke-width:2}.r{stroke-dasharray:6 3}.g{stroke:var(--line)}"
            + "svg text{font-size:11px;fill:var(--quiet)}.kt{color:var(--target)}.kr{color:var(--reference)}.kt::before{content:\"\\2501\\2501 \"}.kr::before{content:\"\\254d\\254d \"}";

    private static final int LEFT = 44;
    private static final int TOP = 10;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 200;
    private static final int BELOW = 40;
    private static final int RIGHT = 20;
    private static final int TICKS = 4;

    private CurvePicture() {}

    static String of(List<CurvePoint> curve) {
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" role=\"img\" aria-label=\"Accuracy by most confident share\">"
                .formatted(LEFT + WIDTH + RIGHT, TOP + HEIGHT + BELOW));
        for (int tick = 0; tick <= TICKS; tick++) {
            int x = LEFT + WIDTH * tick / TICKS;
            int y = TOP + HEIGHT - HEIGHT * tick / TICKS;
            int percent = 100 * tick / TICKS;
            svg.append("<line class=\"g\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>".formatted(LEFT, y, LEFT + WIDTH, y));
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d %%</text>".formatted(LEFT - 6, y + 4, percent));
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d %%</text>".formatted(x, TOP + HEIGHT + 16, percent));
        }
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">share of images, most confident first</text>"
                .formatted(LEFT + WIDTH / 2, TOP + HEIGHT + 34));
        line(svg, "t", curve, CurvePoint::getTarget);
        line(svg, "r", curve, CurvePoint::getReference);
        return svg.append("</svg>\n").toString();
    }

    private static void line(StringBuilder svg, String style, List<CurvePoint> curve, ToDoubleFunction<CurvePoint> value) {
        svg.append("<polyline class=\"").append(style).append("\" points=\"").append(curve.stream()
                .map(point -> String.format(
                        Locale.ROOT, "%.1f,%.1f", LEFT + WIDTH * point.getShare(), TOP + HEIGHT * (1 - value.applyAsDouble(point))))
                .collect(Collectors.joining(" "))).append("\"/>");
    }
}
