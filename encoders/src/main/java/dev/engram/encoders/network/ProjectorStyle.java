package dev.engram.encoders.network;

import java.util.List;
import java.util.Locale;

/**
 * How the layers of a {@link Projector} are made up; by the code of each method.
 *
 * <table>
 * <caption>Every style</caption>
 * <tr><th>style</th><th>hidden layers</th><th>last layer</th></tr>
 * <tr><td>{@code vicreg}</td><td>Linear, batch norm, ReLU</td><td>Linear without bias</td></tr>
 * <tr><td>{@code simclr}</td><td>Linear without bias, batch norm, ReLU</td><td>Linear without bias, batch norm</td></tr>
 * <tr><td>{@code barlow}</td><td>Linear without bias, batch norm, ReLU</td><td>Linear without bias</td></tr>
 * <tr><td>{@code byol}</td><td>Linear, batch norm, ReLU</td><td>Linear</td></tr>
 * <tr><td>{@code simsiam}</td><td>Linear without bias, batch norm, ReLU</td>
 *     <td>Linear without bias, batch norm that neither scales nor shifts</td></tr>
 * <tr><td>{@code simsiam_predictor}</td><td>Linear without bias, batch norm, ReLU</td><td>Linear</td></tr>
 * <tr><td>{@code supcon}</td><td>Linear, ReLU</td><td>Linear</td></tr>
 * <tr><td>{@code plain}</td><td>Linear without bias, ReLU</td><td>Linear without bias</td></tr>
 * </table>
 *
 * <p>BYOL's predictor has the style of its projector. {@code plain} is the projector of the code of arXiv 2409.19069.
 */
public enum ProjectorStyle {
    VICREG(true, true, false, Last.LINEAR),
    SIMCLR(false, true, false, Last.NORMALIZED),
    BARLOW(false, true, false, Last.LINEAR),
    BYOL(true, true, true, Last.LINEAR),
    SIMSIAM(false, true, false, Last.NORMALIZED_PLAINLY),
    SIMSIAM_PREDICTOR(false, true, true, Last.LINEAR),
    SUPCON(true, false, true, Last.LINEAR),
    PLAIN(false, false, false, Last.LINEAR);

    private enum Last {
        LINEAR,
        NORMALIZED,
        NORMALIZED_PLAINLY
    }

    private final boolean hiddenBias;
    private final boolean hiddenNorm;
    private final boolean lastBias;
    private final Last last;

    ProjectorStyle(boolean hiddenBias, boolean hiddenNorm, boolean lastBias, Last last) {
        this.hiddenBias = hiddenBias;
        this.hiddenNorm = hiddenNorm;
        this.lastBias = lastBias;
        this.last = last;
    }

    /** As recipes and manifests write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The style of this name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static ProjectorStyle named(String text) {
        for (ProjectorStyle style : values()) {
            if (style.text().equals(text)) {
                return style;
            }
        }
        throw new IllegalArgumentException("There is no projector style \"%s\"; there are %s"
                .formatted(text, List.of(values()).stream().map(ProjectorStyle::text).toList()));
    }

    List<Layer> hidden(int width) {
        Linear linear = hiddenBias ? Linear.of(width) : Linear.of(width).withoutBias();
        return hiddenNorm ? List.of(linear, BatchNorm.AFFINE, new Relu()) : List.of(linear, new Relu());
    }

    List<Layer> last(int width) {
        Linear linear = lastBias ? Linear.of(width) : Linear.of(width).withoutBias();
        return switch (last) {
            case LINEAR -> List.of(linear);
            case NORMALIZED -> List.of(linear, BatchNorm.AFFINE);
            case NORMALIZED_PLAINLY -> List.of(linear, BatchNorm.PLAIN);
        };
    }
}
