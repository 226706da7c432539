package dev.engram.encoders.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The draws of a batch of views as the arrays that {@link ViewProgram} takes. Views are worked on in chunks that stay in the processor's
 * cache; for each chunk, {@link #members} lists which of its views need which operation: for each of four steps and each
 * {@link ColorOperation} the views whose order has it there, then the gray, the blurred, the solarized and the noisy ones.
 * {@link #ends} says where each list ends.
 */
final class ViewBatch {
    /** Lists of one chunk. */
    static final int LISTS = 20;
    /** Numbers of one view in {@link #geometry}. */
    static final int GEOMETRY = 9;

    private static final ColorOperation[] OPERATIONS = ColorOperation.values();

    private final List<ViewParameters> views;
    private final int chunk;
    private final List<Long> members = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();

    /** @param chunk views in a chunk, at least 1; the last may have fewer */
    ViewBatch(List<ViewParameters> views, int chunk) {
        this.views = views;
        this.chunk = chunk;
        for (int from = 0; from < views.size(); from += chunk) {
            addChunk(views.subList(from, Math.min(views.size(), from + chunk)));
        }
    }

    private void addChunk(List<ViewParameters> part) {
        for (int step = 0; step < OPERATIONS.length; step++) {
            for (ColorOperation operation : OPERATIONS) {
                int at = step;
                add(part, view -> view.jitter().isPresent()
                        && view.jitter().get().order().size() > at
                        && view.jitter().get().order().get(at) == operation);
            }
        }
        add(part, ViewParameters::grayscale);
        add(part, view -> view.blur().isPresent());
        add(part, view -> view.solarize().isPresent());
        add(part, view -> view.noise().isPresent());
    }

    private void add(List<ViewParameters> part, Predicate<ViewParameters> needs) {
        for (int i = 0; i < part.size(); i++) {
            if (needs.test(part.get(i))) {
                members.add((long) i);
            }
        }
        ends.add((long) members.size());
    }

    int chunk() {
        return chunk;
    }

    /** Places within the chunk. */
    long[] members() {
        return longs(members);
    }

    long[] ends() {
        return longs(ends);
    }

    /**
     * [V, {@value #GEOMETRY}]: image, top, left, height and width of the crop, padding, whether it is bicubic, flipped horizontally,
     * flipped vertically.
     *
     * @param images position of each view's image
     */
    long[] geometry(int[] images) {
        long[] geometry = new long[views.size() * GEOMETRY];
        for (int i = 0; i < views.size(); i++) {
            ViewParameters view = views.get(i);
            CropRectangle crop = view.crop();
            long[] row = {
                images[i], crop.top(), crop.left(), crop.height(), crop.width(), view.padding(),
                view.interpolation().ordinal(), view.horizontalFlip() ? 1 : 0, view.verticalFlip() ? 1 : 0
            };
            System.arraycopy(row, 0, geometry, i * GEOMETRY, GEOMETRY);
        }
        return geometry;
    }

    /** Jitter factors in the order of {@link ColorOperation}, the solarization's threshold, the noise's deviation: [V, 6]. */
    float[] factors() {
        int columns = OPERATIONS.length + 2;
        float[] factors = new float[views.size() * columns];
        for (int i = 0; i < views.size(); i++) {
            int row = i * columns;
            ViewParameters view = views.get(i);
            view.jitter().ifPresent(jitter -> {
                for (ColorOperation operation : OPERATIONS) {
                    factors[row + operation.ordinal()] = (float) jitter.factor(operation);
                }
            });
            factors[row + OPERATIONS.length] = (float) view.solarize().orElse(0);
            factors[row + OPERATIONS.length + 1] = view.noise().map(noise -> (float) noise.deviation()).orElse(0f);
        }
        return factors;
    }

    /** Keys of the noise, 0 without: [V]. */
    long[] noiseKeys() {
        return views.stream().mapToLong(view -> view.noise().map(ViewParameters.Noise::key).orElse(0L)).toArray();
    }

    /** How many views are blurred. */
    int blurred() {
        return (int) views.stream().filter(view -> view.blur().isPresent()).count();
    }

    /** Blur matrices of the blurred views in their order, [blurred, side, side]. */
    float[] blurs(int side) {
        float[] matrices = new float[Math.multiplyExact(blurred(), side * side)];
        int at = 0;
        for (ViewParameters view : views) {
            if (view.blur().isPresent()) {
                BlurWeights.write(side, view.blur().get().kernel(), view.blur().get().sigma(), matrices, at);
                at += side * side;
            }
        }
        return matrices;
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
