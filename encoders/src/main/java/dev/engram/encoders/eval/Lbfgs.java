package dev.engram.encoders.eval;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.IntConsumer;

/**
 * Limited-memory BFGS for smooth convex functions (J. Nocedal, S. Wright, "Numerical Optimization", 2nd edition, algorithms 7.4 and
 * 7.5), with a line search that halves or extends the step until the weak Wolfe conditions hold. Deterministic.
 */
final class Lbfgs {
    private static final int MEMORY = 12;
    private static final int MOST_ITERATIONS = 1000;
    private static final int MOST_LINE_STEPS = 40;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final double LARGEST_GRADIENT = 1e-5;

    /** Writes the gradient at {@code point} and returns the value there. */
    @FunctionalInterface
    interface Objective {
        double at(double[] point, double[] gradient);
    }

    record Minimum(double[] point, double value, int iterations) {}

    private record Pair(double[] step, double[] change, double curvature) {}

    private final Objective objective;
    private final Deque<Pair> pairs = new ArrayDeque<>();
    private double[] point;
    private double[] gradient;
    private double value;

    private Lbfgs(Objective objective, double[] start) {
        this.objective = objective;
        this.point = start.clone();
        this.gradient = new double[start.length];
        this.value = objective.at(point, gradient);
    }

    /**
     * Stops when no gradient entry exceeds 1e-5, when no step improves the value any more, or after 1000 iterations.
     *
     * @param progress hears the iterations done; may throw to end it
     */
    static Minimum minimize(Objective objective, double[] start, IntConsumer progress) {
        Lbfgs state = new Lbfgs(objective, start);
        int iterations = 0;
        while (iterations < MOST_ITERATIONS && largest(state.gradient) > LARGEST_GRADIENT && state.step()) {
            progress.accept(++iterations);
        }
        return new Minimum(state.point, state.value, iterations);
    }

    private boolean step() {
        double[] direction = direction();
        double slope = dot(gradient, direction);
        if (slope >= 0) {
            return false;
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
        for (int i = 0; i < MOST_LINE_STEPS; i++) {
            double[] candidate = along(direction, length);
            double[] candidateGradient = new double[point.length];
            double candidateValue = objective.at(candidate, candidateGradient);
            if (!(candidateValue <= value + SUFFICIENT_DECREASE * length * slope)) {
                high = length;
            } else if (dot(candidateGradient, direction) < CURVATURE * slope) {
                low = length;
            } else {
                accept(candidate, candidateValue, candidateGradient);
                return true;
            }
            length = Double.isInfinite(high) ? 2 * length : (low + high) / 2;
        }
        return false;
    }

    private void accept(double[] candidate, double candidateValue, double[] candidateGradient) {
        double[] step = difference(candidate, point);
        double[] change = difference(candidateGradient, gradient);
        double curvature = dot(step, change);
        if (curvature > 0) {
            pairs.addLast(new Pair(step, change, curvature));
            if (pairs.size() > MEMORY) {
                pairs.removeFirst();
            }
        }
        point = candidate;
        gradient = candidateGradient;
        value = candidateValue;
    }

    /** The two-loop recursion: -H·gradient for the inverse Hessian H that the remembered pairs imply. */
    private double[] direction() {
        double[] direction = gradient.clone();
        double[] shares = new double[pairs.size()];
        int i = pairs.size();
        for (Iterator<Pair> newestFirst = pairs.descendingIterator(); newestFirst.hasNext(); ) {
            Pair pair = newestFirst.next();
            shares[--i] = dot(pair.step, direction) / pair.curvature;
            add(direction, -shares[i], pair.change);
        }
        if (!pairs.isEmpty()) {
            Pair newest = pairs.peekLast();
            scale(direction, newest.curvature / dot(newest.change, newest.change));
        }
        for (Pair pair : pairs) {
            add(direction, shares[i++] - dot(pair.change, direction) / pair.curvature, pair.step);
        }
        scale(direction, -1);
        return direction;
    }

    private double[] along(double[] direction, double length) {
        double[] moved = point.clone();
        add(moved, length, direction);
        return moved;
    }

    private static void add(double[] target, double factor, double[] values) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * values[i];
        }
    }

    private static void scale(double[] target, double factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] *= factor;
        }
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
