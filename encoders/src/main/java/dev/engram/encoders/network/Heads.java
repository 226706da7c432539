package dev.engram.encoders.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Projection heads as manifests write them: {@code 512-128} (VICReg's style), {@code byol:4096-256} and so on by
 * {@link ProjectorStyle}, {@code dino:2048-2048-256-65536} (with {@code +norm} for batch normalization, {@code +free} where the last
 * layer's lengths are trained), {@code msn:2048-256} (with {@code +norm}), {@code none}.
 */
public final class Heads {
    private static final String NONE = "none";
    private static final String DINO = "dino";
    private static final String MSN = "msn";
    private static final String NORM = "+norm";
    private static final String FREE = "+free";

    private Heads() {}

    /**
     * The text of a head.
     *
     * @throws IllegalArgumentException if it is of another kind
     */
    public static String text(Head head) {
        return switch (head) {
            case NoHead none -> NONE;
            case Projector(List<Integer> widths, ProjectorStyle style) ->
                (style == ProjectorStyle.VICREG ? "" : style.text() + ":") + joined(widths);
            case DinoHead dino -> DINO + ":" + joined(dinoWidths(dino)) + (dino.batchNorm() ? NORM : "")
                    + (dino.fixedLength() ? "" : FREE);
            case MsnHead msn -> MSN + ":" + joined(List.of(msn.hidden(), msn.width())) + (msn.batchNorm() ? NORM : "");
            default -> throw new IllegalArgumentException("No projection head: " + head);
        };
    }

    /**
     * The head of a text.
     *
     * @throws IllegalArgumentException if it is not one of {@link #text}
     */
    public static Head named(String text) {
        if (text.equals(NONE)) {
            return new NoHead();
        }
        int colon = text.indexOf(':');
        String kind = colon < 0 ? ProjectorStyle.VICREG.text() : text.substring(0, colon);
        String[] parts = text.substring(colon + 1).split("\\+");
        List<Integer> widths;
        try {
            widths = Arrays.stream(parts[0].split("-")).map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("projector: \"%s\" is not widths joined by -".formatted(text));
        }
        return switch (kind) {
            case DINO -> dino(widths, text.contains(NORM), !text.contains(FREE));
            case MSN -> msn(widths, text.contains(NORM));
            default -> new Projector(widths, ProjectorStyle.named(kind));
        };
    }

    /**
     * DINO's head by its widths: those of the hidden layers, which must be equal, the bottleneck's, the outputs'.
     *
     * @throws IllegalArgumentException if the widths do not describe one
     */
    public static DinoHead dino(List<Integer> widths, boolean batchNorm, boolean fixedLength) {
        int layers = widths.size() - 1;
        if (layers < 1 || widths.stream().anyMatch(width -> width < 1)
                || widths.subList(0, layers - 1).stream().distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "projector: DINO's head has hidden layers of one width, a bottleneck and outputs, not " + widths);
        }
        int hidden = layers == 1 ? widths.get(0) : widths.getFirst();
        return new DinoHead(widths.getLast(), layers, hidden, widths.get(layers - 1), batchNorm, fixedLength);
    }

    /**
     * MSN's head by its widths: that of both hidden layers, and the embedding's.
     *
     * @throws IllegalArgumentException if the widths do not describe one
     */
    public static MsnHead msn(List<Integer> widths, boolean batchNorm) {
        if (widths.size() != 2 || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("projector: MSN's head has two widths, hidden and embedding, not " + widths);
        }
        return new MsnHead(widths.get(0), widths.get(1), batchNorm);
    }

    private static List<Integer> dinoWidths(DinoHead head) {
        List<Integer> widths = new java.util.ArrayList<>(java.util.Collections.nCopies(head.layers() - 1, head.hidden()));
        widths.add(head.bottleneck());
        widths.add(head.outputs());
        return widths;
    }

    private static String joined(List<Integer> widths) {
        return widths.stream().map(Object::toString).collect(Collectors.joining("-"));
    }
}
