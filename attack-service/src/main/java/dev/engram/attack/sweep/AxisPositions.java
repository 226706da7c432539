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
        List<OptionalDouble> positions = field.equals(PlannedSplits.SPLIT) && values.stream().allMatch(value -> value.startsWith("splits/"))
                ? sizes(values.stream().map(splits).toList())
                : values.stream().map(AxisPositions::position).toList();
        boolean ordered = positions.stream().allMatch(OptionalDouble::isPresent) && positions.stream().distinct().count() == values.size();
        return ordered ? positions.stream().map(OptionalDouble::getAsDouble).toList() : List.of();
    }

    private static OptionalDouble position(String value) {
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

    /** Sizes of splits that choose their images in the same way; others are no numbers beside each other. */
    private static List<OptionalDouble> sizes(List<CreateSplitSpec> splits) {
        boolean alike = splits.stream().map(CreateSplitSpec::getMakerCase).distinct().count() == 1;
        return splits.stream().map(split -> alike ? images(split) : OptionalDouble.empty()).toList();
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
