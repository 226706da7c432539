package dev.engram.encoders.augment;

import dev.engram.encoders.data.Box;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A patch of the image that touches no box: the one with the longest shorter side among those the déjà vu attack considers.
 *
 * <p>The image is cut into vertical strips at every left and right edge of a box; candidates are the free stretches of each
 * strip, over its whole width. A candidate never spans two strips, so this is not the largest empty rectangle; it is what the
 * published attack takes. Of candidates with equal shorter sides the last one from left to right, top to bottom, is taken.
 * A box that leaves the image at the right makes the image unusable; one that leaves it at the bottom does not.
 *
 * @param minSide pixels the shorter side must exceed; at least 0 (the paper: 100, on images of about 500 x 375)
 */
public record PeripheryCrop(int minSide) {
    private static final int SHORTER_SIDE_PER_MIN_SIDE = 4;

    public PeripheryCrop {
        if (minSide < 0) {
            throw new IllegalArgumentException("min side must not be negative, is " + minSide);
        }
    }

    /** Patches whose shorter side exceeds a quarter of the image's. */
    public static PeripheryCrop over(ImageShape shape) {
        return new PeripheryCrop(Math.min(shape.height(), shape.width()) / SHORTER_SIDE_PER_MIN_SIDE);
    }

    /**
     * What the attack sees of an image: the central square of its patch, as the published test-time transform (shorter side resized,
     * centre cropped) shows no more of an oblong one. Empty if the image has no patch.
     */
    public Optional<CropRectangle> seen(ImageSet images, int index) {
        return patch(images.shape().width(), images.shape().height(), images.boxes(index)).map(PeripheryCrop::centralSquare);
    }

    /** Why {@link #seen} is empty. */
    public LeftOut reason(ImageSet images, int index) {
        List<Box> boxes = images.boxes(index);
        if (boxes.isEmpty()) {
            return LeftOut.NO_BOX;
        }
        return boxes.stream().anyMatch(box -> box.xmax() > images.shape().width())
                ? LeftOut.BOX_BEYOND_IMAGE
                : LeftOut.TOO_SMALL;
    }

    /** The patch of an image of that size in pixels, or empty if none is large enough or the image has no box. */
    Optional<CropRectangle> patch(int width, int height, List<Box> boxes) {
        if (boxes.isEmpty() || boxes.stream().anyMatch(box -> box.xmax() > width)) {
            return Optional.empty();
        }
        Box best = null;
        for (Box candidate : candidates(width, height, boxes)) {
            if (best == null || shorterSide(candidate) >= shorterSide(best)) {
                best = candidate;
            }
        }
        return Optional.ofNullable(best)
                .filter(patch -> shorterSide(patch) > minSide)
                .map(patch -> new CropRectangle(patch.ymin(), patch.xmin(), patch.height(), patch.width()));
    }

    private static List<Box> candidates(int width, int height, List<Box> boxes) {
        TreeSet<Integer> edges = new TreeSet<>(List.of(0, width));
        boxes.forEach(box -> edges.addAll(List.of(box.xmin(), box.xmax())));
        List<Box> candidates = new ArrayList<>();
        int left = edges.removeFirst();
        for (int right : edges) {
            addFree(candidates, new Box(left, 0, right, height), boxes);
            left = right;
        }
        return candidates;
    }

    /** Adds what the boxes leave free of a strip, from top to bottom. */
    private static void addFree(List<Box> candidates, Box strip, List<Box> boxes) {
        List<Box> inStrip = boxes.stream()
                .filter(box -> box.xmin() < strip.xmax() && strip.xmin() < box.xmax())
                .sorted((a, b) -> Integer.compare(a.ymin(), b.ymin()))
                .toList();
        int top = 0;
        for (Box box : inStrip) {
            if (Math.min(box.ymin(), strip.ymax()) > top) {
                candidates.add(new Box(strip.xmin(), top, strip.xmax(), Math.min(box.ymin(), strip.ymax())));
            }
            top = Math.max(top, box.ymax());
        }
        if (strip.ymax() > top) {
            candidates.add(new Box(strip.xmin(), top, strip.xmax(), strip.ymax()));
        }
    }

    static CropRectangle centralSquare(CropRectangle patch) {
        int side = Math.min(patch.width(), patch.height());
        return new CropRectangle(
                patch.top() + (patch.height() - side) / 2, patch.left() + (patch.width() - side) / 2, side, side);
    }

    private static int shorterSide(Box box) {
        return Math.min(box.width(), box.height());
    }
}
