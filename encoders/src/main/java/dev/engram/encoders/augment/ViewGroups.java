package dev.engram.encoders.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which views of a batch need which operation: for each of four steps and each {@link ColorOperation} the views whose order has it
 * there, then the gray, the blurred and the solarized ones. Groups follow one another in {@link #members}; {@link #ends} says
 * where each ends.
 */
final class ViewGroups {
    private static final ColorOperation[] OPERATIONS = ColorOperation.values();

    private final List<ViewParameters> views;
    private final List<Long> members = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private final List<Double> sigmas = new ArrayList<>();

    ViewGroups(List<ViewParameters> views) {
        this.views = views;
        for (int step = 0; step < OPERATIONS.length; step++) {
            for (ColorOperation operation : OPERATIONS) {
                int at = step;
                add(view -> view.jitter().isPresent()
                        && view.jitter().get().order().size() > at
                        && view.jitter().get().order().get(at) == operation);
            }
        }
        add(ViewParameters::grayscale);
        add(view -> view.blurSigma().isPresent());
        add(ViewParameters::solarize);
        for (ViewParameters view : views) {
            view.blurSigma().ifPresent(sigmas::add);
        }
    }

    long[] members() {
        return members.stream().mapToLong(Long::longValue).toArray();
    }

    long[] ends() {
        return ends.stream().mapToLong(Long::longValue).toArray();
    }

    /** How many views are blurred. */
    int blurred() {
        return sigmas.size();
    }

    /** Jitter factors [V, 4] in the order of {@link ColorOperation}. */
    float[] factors() {
        float[] factors = new float[views.size() * OPERATIONS.length];
        for (int i = 0; i < views.size(); i++) {
            for (ColorOperation operation : OPERATIONS) {
                int at = i * OPERATIONS.length + operation.ordinal();
                views.get(i).jitter().ifPresent(jitter -> factors[at] = (float) jitter.factor(operation));
            }
        }
        return factors;
    }

    /** Blur matrices [blurred, side, side]. */
    float[] blurs(int side, int kernel) {
        float[] matrices = new float[sigmas.size() * side * side];
        for (int i = 0; i < sigmas.size(); i++) {
            BlurWeights.write(side, kernel, sigmas.get(i), matrices, i * side * side);
        }
        return matrices;
    }

    private void add(Predicate<ViewParameters> needs) {
        for (int i = 0; i < views.size(); i++) {
            if (needs.test(views.get(i))) {
                members.add((long) i);
            }
        }
        ends.add((long) members.size());
    }
}
