package dev.engram.runs;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.engram.v1.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Specs as the catalogue keeps them, canonical proto JSON, and the paths of their fields. */
public final class RunSpecs {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace().sortingMapKeys();

    private RunSpecs() {}

    /** The same text for equal messages. */
    public static String toJson(MessageOrBuilder message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not expressible as JSON: " + message, e);
        }
    }

    /** A spec to look at: what a newer version of Engram has added to it is left out, a kind of its own likewise. */
    public static RunSpec parse(String json) {
        return parse(json, RunSpec.newBuilder()).build();
    }

    /**
     * A spec to act on.
     *
     * @throws OtherVersionException if there is anything in it that this version does not know
     */
    public static RunSpec parseExactly(String json) {
        return parse(json, RunSpec.newBuilder(), JsonFormat.parser()).build();
    }

    /** Fills {@code builder} from JSON and returns it; what this version does not know is left out. */
    public static <B extends Message.Builder> B parse(String json, B builder) {
        return parse(json, builder, JsonFormat.parser().ignoringUnknownFields());
    }

    private static <B extends Message.Builder> B parse(String json, B builder, JsonFormat.Parser parser) {
        try {
            parser.merge(json, builder);
            return builder;
        } catch (InvalidProtocolBufferException e) {
            throw new OtherVersionException(
                    "a " + builder.getDescriptorForType().getName() + " in the catalogue", Optional.empty(), "use the version that made it", e);
        }
    }

    /**
     * Where a text stands in the task of a spec: {@code spec.recipe.network}. The path begins with {@code spec}, as requests have the task's
     * message in a field of that name.
     */
    static Optional<String> pathOf(RunSpec spec, String value) {
        return spec.getAllFields().values().stream().map(task -> find((Message) task, "spec", value)).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> find(Message message, String path, String value) {
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            String fieldPath = path + "." + field.getKey().getName();
            List<?> values = field.getKey().isRepeated() ? (List<?>) field.getValue() : List.of(field.getValue());
            for (int i = 0; i < values.size(); i++) {
                String here = field.getKey().isRepeated() ? fieldPath + "[" + i + "]" : fieldPath;
                if (value.equals(values.get(i))) {
                    return Optional.of(here);
                }
                if (values.get(i) instanceof Message nested) {
                    Optional<String> found = find(nested, here, value);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }
}
