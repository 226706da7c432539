package dev.engram.attack.sweep;

import dev.engram.v1.CreateSplitSpec;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Where the values of an axis stand beside each other. */
final class AxisPositions {
    private static final Pattern WIDTHS = Pattern.compile("[0-9]{1,9}(-[0-9]{1,9})+");

    private final Function<String, CreateSplitSpec> splits;

    /** @param splits the spec of {@code splits/x} */
    AxisPositions(Function<String, CreateSplitSpec> splits) {
        this.splits = splits;
    }

    /** A number for each value; empty unless all are numbers, and different ones. */
    List<Double> of(String field, List<String> values) {
        List<OptionalDouble> positions = values.stream().map(value -> position(field, value)).toList();
        boolean ordered = positions.stream().allMatch(OptionalDouble::isPresent)
                && positions.stream().distinct().count() == values.size()
                && (!field.equals(PlannedSplits.SPLIT) || values.stream().map(value -> splits.apply(value).getMakerCase()).distinct().count() == 1);
        return ordered ? positions.stream().map(OptionalDouble::getAsDouble).toList() : List.of();
    }

    private OptionalDouble position(String field, String value) {
        if (field.equals(PlannedSplits.SPLIT)) {
            return images(splits.apply(value));
        }
        if (WIDTHS.matcher(value).matches()) {
            return Arrays.stream(value.split("-")).mapToDouble(Double::parseDouble).max();
        }
        try {
            double number = Double.parseDouble(value.strip());
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Training images of an encoder, or of a class where only these are known. */
    private static OptionalDouble images(CreateSplitSpec split) {
        return switch (split.getMakerCase()) {
            case MAKER_NOT_SET -> OptionalDouble.of(split.getShared() + split.getCandidate());
            case PARTITION -> OptionalDouble.of(split.getPartition().getPerClass());
            case LISTS -> OptionalDouble.empty();
        };
    }
}
