package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapReduction;

/**
 * Leaves of a layer's activation for V views of B images the mean activation of each unit, {@code [B, C]}: over positions, then
 * over views (Wang et al. 2024, Eq. 5).
 *
 * <p>Costs one reading of the activation. Where its values change before the mean, a large layer is taken in parts: what they become is
 * written to the same place each time, which stays in the processor's cache.
 *
 * @param views V; the batch is view-major: first one view of every image, then the next
 * @param sign what is done to each value before any mean
 * @param skipFirst leaves out the first token, the class token
 */
record UnitMeansReduction(int views, Sign sign, boolean skipFirst) implements TapReduction {
    /** Elements of a view in a part, at most, unless one position has more: of 80 views 650 KB, which a second-level cache holds. */
    private static final int PART = 2048;

    @Override
    public boolean mayAlias() {
        return false;
    }

    @Override
    public String write(Tap tap, String activation, ProgramText text) {
        String read = PositionMeans.read(tap, activation, skipFirst, text);
        if (sign != Sign.SIGNED && !tap.isVector() && tap.elements() > PART) {
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
        String channelsLast = tap.isTokens() ? read : text.let("torch.permute(%s, [0, 2, 3, 1])", read);
        String x = text.let("torch.reshape(%s, [%d, -1, %d, %d])", channelsLast, views, positions, units);
        String sum = text.let("torch.zeros([torch.size(%1$s, 1), %2$d], dtype=6, device=%1$s.device)", x, units);
        String changed = text.let(
                "torch.empty([%1$d, torch.size(%2$s, 1), %3$d, %4$d], dtype=6, device=%2$s.device)",
                views, x, Math.max(1, PART / units), units);
        text.line("for own in torch.split(%s, %d, 2):", x, Math.max(1, PART / units));
        text.line("  to = torch.slice(%s, 2, 0, torch.size(own, 2), 1)", changed);
        text.line(sign == Sign.RELU ? "  _0 = torch.clamp_min(own, 0., out=to)" : "  _0 = torch.abs(own, out=to)");
        text.line("  _1 = torch.add_(%s, torch.sum(torch.sum(to, [2], False), [0], False))", sum);
        return text.let("torch.div(%s, %d)", sum, positions * views);
    }
}
