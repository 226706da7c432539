package dev.engram.attack.sweep;

import dev.engram.v1.AttackSweepPlan;
import dev.engram.v1.SweepAxis;
import dev.engram.v1.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One setting of a plan.
 *
 * @param number from 1, which its names are made of
 * @param places of its values on the axes
 * @param split {@code splits/x} that exists; with a {@code size} the one whose size is changed
 * @param size of the training data, if an axis says so
 * @param recipe without a seed
 */
record PlannedPoint(int number, List<Integer> places, List<String> values, String split, OptionalInt size, TrainingRecipe recipe) {

    /** All settings of a plan whose axes can be read: the last axis changes first. */
    static List<PlannedPoint> of(AttackSweepPlan plan) {
        List<List<Integer>> all = List.of(List.of());
        for (SweepAxis axis : plan.getAxesList()) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> places : all) {
                for (int i = 0; i < axis.getValuesCount(); i++) {
                    List<Integer> more = new ArrayList<>(places);
                    more.add(i);
                    longer.add(more);
                }
            }
            all = longer;
        }
        List<PlannedPoint> points = new ArrayList<>();
        for (List<Integer> places : all) {
            points.add(at(plan, points.size() + 1, places));
        }
        return points;
    }

    private static PlannedPoint at(AttackSweepPlan plan, int number, List<Integer> places) {
        TrainingRecipe.Builder recipe = plan.getRecipe().toBuilder();
        List<String> values = new ArrayList<>();
        String split = plan.getSplit();
        OptionalInt size = OptionalInt.empty();
        for (int i = 0; i < places.size(); i++) {
            SweepAxis axis = plan.getAxes(i);
            String value = axis.getValues(places.get(i)).strip();
            values.add(value);
            switch (axis.getField()) {
                case PlannedSplits.SPLIT -> split = value;
                case PlannedSplits.TRAINING_IMAGES, PlannedSplits.PER_CLASS -> size = OptionalInt.of(Integer.parseInt(value));
                default -> SweptField.of(axis.getField()).set(recipe, value);
            }
        }
        return new PlannedPoint(number, places, values, split, size, recipe.build());
    }

    /** Whether it is trained as another one. */
    boolean isTrainedAs(PlannedPoint other) {
        return recipe.equals(other.recipe) && split.equals(other.split) && size.equals(other.size);
    }

    /** Id of its pair with that seed, in the sweep of that id. */
    String pairId(String sweep, long seed) {
        return sweep + "-p" + number + "-s" + seed;
    }

    /** Id of the split of that size, in the sweep of that id. */
    static String splitId(String sweep, int size) {
        return sweep + "-n" + size;
    }
}
