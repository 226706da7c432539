package dev.engram.attack.sweep;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.engram.v1.TrainingRecipe;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A value of a recipe that a sweep changes, by its path. Where a recipe says the same in two places, the other is emptied, so that it does not go on
 * saying what was there before.
 *
 * @param setter of the value as it is written; throws IllegalArgumentException with what it must be
 */
record SweptField(String path, BiConsumer<TrainingRecipe.Builder, String> setter) {
    private static final String TEMPERATURE = "temperature";
    private static final String OBJECTIVE_OPTIONS = "objective_options";
    private static final String NETWORK_OPTIONS = "network_options";
    private static final String PROJECTOR = "projector";
    private static final String AUGMENTATION = "augmentation";

    /** @throws IllegalArgumentException if a recipe has no such value, or a sweep cannot change it */
    static SweptField of(String path) {
        if (path.equals("seed")) {
            throw new IllegalArgumentException("must not be the seed: each point is trained with all of plan.seeds");
        }
        if (path.equals(PROJECTOR)) {
            return new SweptField(path, SweptField::setProjector);
        }
        if (path.equals(AUGMENTATION)) {
            return new SweptField(path, (recipe, name) -> recipe.setAugmentation(name).clearAugmentationValues());
        }
        if (path.equals(TEMPERATURE)) {
            return new SweptField(path, (recipe, value) -> recipe.setTemperature(number(value)).removeObjectiveOptions(TEMPERATURE));
        }
        if (path.equals(OBJECTIVE_OPTIONS + "." + TEMPERATURE)) {
            return new SweptField(path, (recipe, value) -> recipe.putObjectiveOptions(TEMPERATURE, number(value)).clearTemperature());
        }
        int dot = path.indexOf('.');
        String name = dot < 0 ? "" : path.substring(dot + 1);
        if (path.startsWith(OBJECTIVE_OPTIONS + ".") && !name.isBlank()) {
            return new SweptField(path, (recipe, value) -> recipe.putObjectiveOptions(name, number(value)));
        }
        if (path.startsWith(NETWORK_OPTIONS + ".") && !name.isBlank()) {
            return new SweptField(path, (recipe, value) -> recipe.putNetworkOptions(name, value.strip()));
        }
        List<String> steps = Arrays.asList(path.split("\\.", -1));
        FieldDescriptor last = find(path, steps);
        return new SweptField(path, (recipe, value) -> set(recipe, steps, read(last, value)));
    }

    /** @throws IllegalArgumentException with what the value must be */
    void set(TrainingRecipe.Builder recipe, String value) {
        setter.accept(recipe, value);
    }

    private static FieldDescriptor find(String path, List<String> steps) {
        FieldDescriptor field = null;
        for (String step : steps) {
            FieldDescriptor next = field == null
                    ? TrainingRecipe.getDescriptor().findFieldByName(step)
                    : field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType().findFieldByName(step) : null;
            if (next == null || next.isRepeated()) {
                throw unknown(path);
            }
            field = next;
        }
        return switch (field.getJavaType()) {
            case INT, LONG, DOUBLE, BOOLEAN, STRING -> field;
            case FLOAT, ENUM, BYTE_STRING, MESSAGE -> throw unknown(path);
        };
    }

    private static IllegalArgumentException unknown(String path) {
        return new IllegalArgumentException(
                "must be one value of a recipe by its path (epochs, objective_options.temperature, projector), training_images, per_class or split, is \"%s\""
                        .formatted(path));
    }

    private static Object read(FieldDescriptor field, String value) {
        return switch (field.getJavaType()) {
            case INT -> parsed(value, Integer::valueOf, "a whole number");
            case LONG -> parsed(value, Long::valueOf, "a whole number");
            case DOUBLE -> number(value);
            case BOOLEAN -> flag(value);
            case STRING -> value.strip();
            case FLOAT, ENUM, BYTE_STRING, MESSAGE -> throw new IllegalStateException("is not swept: " + field.getFullName());
        };
    }

    private static void set(Message.Builder message, List<String> steps, Object value) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(steps.getFirst());
        if (steps.size() == 1) {
            message.setField(field, value);
            return;
        }
        set(message.getFieldBuilder(field), steps.subList(1, steps.size()), value);
    }

    private static void setProjector(TrainingRecipe.Builder recipe, String widths) {
        recipe.clearProjector();
        for (String width : widths.strip().split("-", -1)) {
            recipe.addProjector(parsed(width, Integer::valueOf, "widths with hyphens between, such as 512-128"));
        }
    }

    private static double number(String value) {
        double number = parsed(value, Double::valueOf, "a number");
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("must be a number, is \"" + value + "\"");
        }
        return number;
    }

    private static boolean flag(String value) {
        return switch (value.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false, is \"" + value + "\"");
        };
    }

    private static <T> T parsed(String value, Function<String, T> reading, String what) {
        try {
            return reading.apply(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be %s, is \"%s\"".formatted(what, value));
        }
    }
}
