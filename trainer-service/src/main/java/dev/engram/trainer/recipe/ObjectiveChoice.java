package dev.engram.trainer.recipe;

import dev.engram.v1.RecipeChoice;
import dev.engram.v1.RecipeOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An objective that a recipe may name.
 *
 * @param name as recipes write it
 * @param meaning one sentence with the paper
 * @param options its hyper-parameters
 * @param projector widths of its projector's layers by default; empty if it has no projector
 * @param teacherMomentum momentum of its teacher by default; empty if it has no teacher
 * @param perImage whether its loss is a sum over images, as DP-SGD needs
 */
record ObjectiveChoice(
        String name,
        String meaning,
        List<Option> options,
        List<Integer> projector,
        Optional<Double> teacherMomentum,
        boolean perImage) {
    ObjectiveChoice {
        options = List.copyOf(options);
        projector = List.copyOf(projector);
    }

    /** A hyper-parameter: a number, with its range and default. */
    record Option(String name, Range range, double defaultValue, String meaning) {}

    boolean has(String option) {
        return options.stream().anyMatch(known -> known.name().equals(option));
    }

    Optional<Option> option(String option) {
        return options.stream().filter(known -> known.name().equals(option)).findFirst();
    }

    /** Every hyper-parameter, with the values that are set and the defaults of the others. */
    Map<String, Double> filled(Map<String, Double> set) {
        Map<String, Double> all = new TreeMap<>();
        options.forEach(option -> all.put(option.name(), set.getOrDefault(option.name(), option.defaultValue())));
        return all;
    }

    RecipeChoice describe() {
        RecipeChoice.Builder choice = RecipeChoice.newBuilder().setName(name).setMeaning(meaning);
        for (Option option : options) {
            choice.addOptions(RecipeOption.newBuilder()
                    .setName(option.name())
                    .setType(option.range().isWhole() ? RecipeOption.Type.INTEGER : RecipeOption.Type.NUMBER)
                    .setDefaultValue(Range.number(option.defaultValue()))
                    .setRange(option.range().text())
                    .setMeaning(option.meaning()));
        }
        return choice.build();
    }
}
