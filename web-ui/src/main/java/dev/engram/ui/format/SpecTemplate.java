package dev.engram.ui.format;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words with the values of a spec in them: {@code {pair}} is the value of the field {@code pair}, {@code {recipe.network}} that of a
 * field of a field, {@code {run}} the id of the run. A resource name is cut to its id. The sides of a pair are said as they are called:
 * {@code {reference}} and {@code {side}} become {@code candidate f} or {@code reference g}.
 *
 * @param text the words
 */
record SpecTemplate(String text) {
  private static final Pattern FIELD = Pattern.compile("\\{([a-z_.]+)}");

  /**
   * Fills the template; nothing if a value is empty.
   *
   * @throws IllegalArgumentException if the spec has no such field
   */
  Optional<String> fill(Message spec, String run) {
    StringBuilder filled = new StringBuilder();
    Matcher fields = FIELD.matcher(text);
    while (fields.find()) {
      String value = fields.group(1).equals("run") ? run : value(spec, fields.group(1));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      fields.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return Optional.of(fields.appendTail(filled).toString());
  }

  private String value(Message spec, String path) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    FieldDescriptor field = spec.getDescriptorForType().findFieldByName(name);
    if (field == null) {
      throw new IllegalArgumentException("'" + text + "' names " + name + ", which " + spec.getDescriptorForType().getName() + " does not have");
    }
    Object value = spec.getField(field);
    return dot < 0 ? word(name, value) : value((Message) value, path.substring(dot + 1));
  }

  private static String word(String name, Object value) {
    return switch (value) {
      case Boolean reference when name.equals("reference") -> reference ? "reference g" : "candidate f";
      case EnumValueDescriptor side when name.equals("side") -> switch (side.getName()) {
        case "CANDIDATE" -> "candidate f";
        case "REFERENCE" -> "reference g";
        default -> "encoder";
      };
      case EnumValueDescriptor other -> other.getNumber() == 0 ? "" : Names.words(other.getName());
      case String resource when resource.matches("(runs|pairs|datasets|splits|encoders|artifacts)/[a-z0-9-]+") -> Names.id(resource);
      default -> value.toString();
    };
  }
}
