package dev.engram.trainer.recipe;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.RecipeOption;
import java.util.List;

/**
 * The options of one message, each with its owners, range and default: what is checked, what is filled in and what a form is told all
 * come from here.
 */
final class OptionTable {
    private final Descriptor message;
    private final List<OptionField> fields;

    /** @param fields one for each field of {@code message} but {@code name}, in its order */
    OptionTable(Descriptor message, List<OptionField> fields) {
        this.message = message;
        this.fields = List.copyOf(fields);
        List<String> described = fields.stream().map(OptionField::name).toList();
        List<String> declared = message.getFields().stream()
                .map(FieldDescriptor::getName)
                .filter(name -> !name.equals("name"))
                .toList();
        if (!described.equals(declared)) {
            throw new IllegalStateException("%s has %s, described are %s".formatted(message.getName(), declared, described));
        }
    }

    /**
     * Reports fields that the owner does not have, and values out of range.
     *
     * @param owner e.g. {@code sgd}
     * @param path of the message in the request
     */
    void check(Message options, String owner, String path, FieldViolations violations) {
        for (OptionField field : fields) {
            FieldDescriptor descriptor = message.findFieldByName(field.name());
            if (!isSet(options, descriptor)) {
                continue;
            }
            String fieldPath = path + "." + field.name();
            if (!field.isOf(owner)) {
                violations.add(fieldPath, "%s has no such option".formatted(owner));
            } else if (descriptor.isRepeated()) {
                List<?> values = (List<?>) options.getField(descriptor);
                for (int i = 0; i < values.size(); i++) {
                    checkNumber(field, values.get(i), "%s[%d]".formatted(fieldPath, i), violations);
                }
            } else {
                checkNumber(field, options.getField(descriptor), fieldPath, violations);
            }
        }
    }

    /** Sets every field that the owner has, is not set and has a default of its own. */
    void fill(Message.Builder options, String owner) {
        for (OptionField field : fields) {
            FieldDescriptor descriptor = message.findFieldByName(field.name());
            if (field.isOf(owner) && !descriptor.isRepeated() && !options.hasField(descriptor)) {
                field.defaultValue().ifPresent(value -> options.setField(descriptor, value));
            }
        }
    }

    /** What a form needs to know of the owner's options. */
    List<RecipeOption> describe(String owner) {
        return fields.stream().filter(field -> field.isOf(owner)).map(this::describe).toList();
    }

    private RecipeOption describe(OptionField field) {
        FieldDescriptor descriptor = message.findFieldByName(field.name());
        return RecipeOption.newBuilder()
                .setName(field.name())
                .setType(switch (descriptor.getJavaType()) {
                    case BOOLEAN -> RecipeOption.Type.BOOLEAN;
                    case DOUBLE -> RecipeOption.Type.NUMBER;
                    default -> RecipeOption.Type.TEXT;
                })
                .setDefaultValue(field.defaultValue().map(OptionTable::text).orElse(""))
                .setRange(field.range().map(Range::text).orElse(""))
                .setMeaning(field.meaning())
                .build();
    }

    private static void checkNumber(OptionField field, Object value, String path, FieldViolations violations) {
        if (field.range().isPresent() && value instanceof Double number) {
            field.range().get().problem(number).ifPresent(problem -> violations.add(path, problem));
        }
    }

    private static boolean isSet(Message options, FieldDescriptor field) {
        return field.isRepeated() ? options.getRepeatedFieldCount(field) > 0 : options.hasField(field);
    }

    private static String text(Object value) {
        return switch (value) {
            case Double number -> Range.number(number);
            case List<?> list when list.isEmpty() -> "";
            default -> value.toString();
        };
    }
}
