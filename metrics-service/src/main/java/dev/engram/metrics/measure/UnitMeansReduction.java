package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapReduction;

/**
 * Leaves of a layer's activation for V views of B images the mean activation of each unit, {@code [B, C]}: over positions, then
 * over views (Wang et al. 2024, Eq. 5).
 *
 * <p>Costs one reading of the activation. Where its values change before the mean, a large layer is taken some views at a time: what they
 * become is written to the same place each time, which stays in the processor's cache.
 *
 * @param views V; the batch is view-major: first one view of every image, then the next
 * @param sign what is done to each value before any mean
 * @param skipFirst leaves out the first token, the class token
 */
record UnitMeansReduction(int views, Sign sign, boolean skipFirst) implements TapReduction {
    /** Elements of a view from which on a layer is taken in parts. */
    private static final int LARGE = 2048;

    /** Elements of a part, at most, unless one view has more: 256 KB, which a second-level cache holds. */
    private static final int PART = 65_536;

    @Override
    public boolean mayAlias() {
        return false;
    }

    @Override
    public String write(Tap tap, String activation, ProgramText text) {
        String read = PositionMeans.read(tap, activation, skipFirst, text);
        if (sign != Sign.SIGNED && !tap.isVector() && tap.elements() > LARGE) {
            return inParts(tap, read, text);
        }
        String values = switch (sign) {
            case SIGNED -> read;
            case ABSOLUTE -> text.let("torch.abs(%s)", read);
            case RELU -> text.let("torch.relu(%s)", read);
        };
        String means = PositionMeans.write(tap, values, text);
        return text.let("torch.mean(torch.reshape(%s, [%d, -1, %d]), [0], False)", means, views, tap.units());
    }

    private String inParts(Tap tap, String read, ProgramText text) {
        int units = tap.units();
        long positions = tap.elements() / units - (skipFirst && tap.isTokens() ? 1 : 0);
        long rows = Math.max(1, PART / tap.elements());
        String channelsLast = tap.isTokens() ? read : text.let("torch.permute(%s, [0, 2, 3, 1])", read);
        String x = text.let("torch.reshape(%s, [-1, %d, %d])", channelsLast, positions, units);
        String changed = text.let("torch.empty([%d, %d, %d], dtype=6, device=%s.device)", rows, positions, units, x);
        String sums = text.let("annotate(List[Tensor], [])");
        text.line("for own in torch.split(%s, %d, 0):", x, rows);
        text.line("  to = torch.slice(%s, 0, 0, torch.size(own, 0), 1)", changed);
        text.line(sign == Sign.RELU ? "  _0 = torch.clamp_min(own, 0., out=to)" : "  _0 = torch.abs(own, out=to)");
        text.line("  _1 = torch.append(%s, torch.sum(to, [1], False))", sums);
        String ofViews = text.let("torch.reshape(torch.cat(%s, 0), [%d, -1, %d])", sums, views, units);
        return text.let("torch.div(torch.sum(%s, [0], False), %d)", ofViews, positions * views);
    }
}
