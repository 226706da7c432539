package dev.engram.attack.sweep;

import dev.engram.v1.Interval;
import dev.engram.v1.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of several settings are worth their price: high accuracy, low leak. A point dominates another if it has at least its accuracy and at most its leak
 * and is better in one of them; the <em>front</em> is what no point dominates, so that points equal in both are all on it or none is. A point that is not
 * on the front is <em>behind</em> it only if some point has an accuracy whose interval begins above this one's and a leak whose interval ends below; else it
 * is <em>near</em>: other images or trainings might put it on the front. O(n log n).
 */
final class ParetoFront {

    /** One setting; no number may be NaN. */
    record Point(Interval accuracy, Interval leak) {}

    private ParetoFront() {}

    /** @return the standing of each point */
    static List<Standing> of(List<Point> points) {
        boolean[] front = front(points);
        boolean[] behind = behind(points);
        return IntStream.range(0, points.size())
                .mapToObj(i -> front[i] ? Standing.STANDING_FRONT : behind[i] ? Standing.STANDING_BEHIND : Standing.STANDING_NEAR)
                .toList();
    }

    /** From the highest accuracy down: on the front is the least leak of an accuracy, if it is less than that of all higher accuracies. */
    private static boolean[] front(List<Point> points) {
        int[] order = order(points, Comparator.comparingDouble((Point point) -> -point.accuracy().getValue())
                .thenComparingDouble(point -> point.leak().getValue()));
        boolean[] front = new boolean[points.size()];
        double leastAbove = Double.POSITIVE_INFINITY;
        for (int from = 0, to = 1; to <= order.length; to++) {
            double accuracy = points.get(order[from]).accuracy().getValue();
            if (to < order.length && points.get(order[to]).accuracy().getValue() == accuracy) {
                continue;
            }
            double least = points.get(order[from]).leak().getValue();
            for (int i = from; i < to && least < leastAbove; i++) {
                front[order[i]] = points.get(order[i]).leak().getValue() == least;
            }
            leastAbove = Math.min(leastAbove, least);
            from = to;
        }
        return front;
    }

    /** Down by the upper end of the accuracy, each point meets the least upper end of a leak among those whose accuracy begins above it. */
    private static boolean[] behind(List<Point> points) {
        int[] beginnings = order(points, Comparator.comparingDouble((Point point) -> -point.accuracy().getCiLow()));
        int[] ends = order(points, Comparator.comparingDouble((Point point) -> -point.accuracy().getCiHigh()));
        boolean[] behind = new boolean[points.size()];
        double least = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int i : ends) {
            Point point = points.get(i);
            while (next < beginnings.length && points.get(beginnings[next]).accuracy().getCiLow() > point.accuracy().getCiHigh()) {
                least = Math.min(least, points.get(beginnings[next++]).leak().getCiHigh());
            }
            behind[i] = least < point.leak().getCiLow();
        }
        return behind;
    }

    private static int[] order(List<Point> points, Comparator<Point> by) {
        return IntStream.range(0, points.size()).boxed().sorted(Comparator.comparing(points::get, by)).mapToInt(Integer::intValue).toArray();
    }
}
