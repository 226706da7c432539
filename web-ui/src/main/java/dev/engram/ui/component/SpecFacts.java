package dev.engram.ui.component;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OptimizerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every value of a spec by its field's name; what is not set says so. A recipe is stored complete, so what is not set in it does not apply to
 * it and is left out. Names of resources are links.
 */
public final class SpecFacts {

  /**
   * One value.
   *
   * @param name the field's name; fields inside messages after their message's name and a dot
   * @param value for people
   * @param set whether the spec says it, or leaves it to the default
   */
  public record Entry(String name, String value, boolean set) {
  }

  /** Fields in which 0 means 0 and not the default. */
  private static final Set<String> ZERO_SAYS = Set.of("seed", "ema_momentum");

  private SpecFacts() {
  }

  /** All values as a list of facts. */
  public static Facts of(Message spec) {
    Facts facts = new Facts();
    entries(spec).forEach(entry -> facts.add(words(entry.name()), value(entry)));
    return facts;
  }

  /** All values, in the order of the fields' numbers. */
  static List<Entry> entries(Message spec) {
    List<Entry> entries = new ArrayList<>();
    collect("", spec, entries);
    return entries;
  }

  private static void collect(String prefix, Message message, List<Entry> entries) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      String name = prefix + field.getName();
      if (doesNotApply(message, field)) {
        continue;
      }
      if (field.isRepeated()) {
        List<?> values = (List<?>) message.getField(field);
        entries.add(new Entry(name, values.stream().map(value -> text(field, value)).collect(Collectors.joining(", ")), !values.isEmpty()));
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        if (message.hasField(field)) {
          collect(name + ".", (Message) message.getField(field), entries);
        }
      } else if (field.getRealContainingOneof() == null || message.hasField(field)) {
        Object value = message.getField(field);
        boolean set = field.hasPresence() ? message.hasField(field) : !value.equals(field.getDefaultValue());
        boolean zeroIsAValue = field.getJavaType() == FieldDescriptor.JavaType.BOOLEAN || ZERO_SAYS.contains(field.getName());
        entries.add(new Entry(name, text(field, value), set || zeroIsAValue));
      }
    }
  }

  /** Options of another optimizer or schedule. */
  private static boolean doesNotApply(Message message, FieldDescriptor field) {
    boolean options = message instanceof OptimizerOptions || message instanceof LearningRateSchedule;
    return options && (field.isRepeated() ? message.getRepeatedFieldCount(field) == 0 : field.hasPresence() && !message.hasField(field));
  }

  /** {@code recipe.schedule.final_fraction} as {@code recipe, schedule, final fraction} without what is in every name. */
  private static String words(String name) {
    return name.replaceFirst("^recipe\\.", "").replace(".", ": ").replace('_', ' ');
  }

  private static String text(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case INT, LONG -> Numbers.count(((Number) value).longValue());
      case FLOAT, DOUBLE -> Numbers.significant(((Number) value).doubleValue());
      case BOOLEAN -> (Boolean) value ? "yes" : "no";
      case STRING -> (String) value;
      case ENUM -> constant((EnumValueDescriptor) value);
      case MESSAGE -> field.isMapField()
          ? entries((Message) value).stream().map(Entry::value).collect(Collectors.joining(" "))
          : entries((Message) value).stream().filter(Entry::set).map(entry -> words(entry.name()) + " " + entry.value()).collect(Collectors.joining(", "));
      case BYTE_STRING -> "(bytes)";
    };
  }

  /** Without the name of its type, where it begins with that: {@code UNIT_POOL_PER_LAYER} as {@code per layer}. */
  private static String constant(EnumValueDescriptor value) {
    String type = value.getType().getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT) + "_";
    return Names.words(value.getName().startsWith(type) ? value.getName().substring(type.length()) : value.getName());
  }

  private static Component value(Entry entry) {
    if (!entry.set()) {
      Span span = new Span("default");
      span.addClassName("default");
      return span;
    }
    return entry.value().matches("(runs|pairs|datasets|splits|encoders|artifacts)/[a-z0-9-]+")
        ? Links.to(entry.value()) : new Span(entry.value());
  }
}
