package dev.engram.attack.sweep;

import dev.engram.v1.AttackSweepSpec;
import dev.engram.v1.SweptAxis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The axes of a sweep with their values in order, and the order of attacks that follows. */
record SweepAxes(List<SweptAxis> axes) {

    static SweepAxes of(AttackSweepSpec spec, AxisPositions positions) {
        List<SweptAxis> axes = new ArrayList<>();
        for (int i = 0; i < spec.getAxesCount(); i++) {
            int axis = i;
            List<String> values = spec.getAttacksList().stream().map(attack -> attack.getValues(axis)).distinct().toList();
            List<Double> places = positions.of(spec.getAxes(i), values);
            int[] order = IntStream.range(0, values.size()).toArray();
            if (!places.isEmpty()) {
                order = IntStream.of(order).boxed().sorted(Comparator.comparing(places::get)).mapToInt(Integer::intValue).toArray();
            }
            SweptAxis.Builder swept = SweptAxis.newBuilder().setField(spec.getAxes(i));
            for (int place : order) {
                swept.addValues(values.get(place));
                if (!places.isEmpty()) {
                    swept.addPositions(places.get(place));
                }
            }
            axes.add(swept.build());
        }
        return new SweepAxes(axes);
    }

    /** By the values, the first axis changing last, then in the order they come in. */
    Comparator<SweptResult> order() {
        Comparator<SweptResult> order = (_, _) -> 0;
        for (int i = 0; i < axes.size(); i++) {
            int axis = i;
            order = order.thenComparingInt(attack -> axes.get(axis).getValuesList().indexOf(attack.attack().getValues(axis)));
        }
        return order;
    }

    /** Where a value of an ordered axis stands. */
    double position(int axis, String value) {
        return axes.get(axis).getPositions(axes.get(axis).getValuesList().indexOf(value));
    }

    boolean isOrdered(int axis) {
        return axes.get(axis).getPositionsCount() > 0;
    }
}
