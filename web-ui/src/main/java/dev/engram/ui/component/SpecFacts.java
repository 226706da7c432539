package dev.engram.ui.component;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Every value of a spec by its field's name; what is not set says so. Names of resources are links. */
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

  private SpecFacts() {
  }

  /** All values as a list of facts. */
  public static Facts of(Message spec) {
    Facts facts = new Facts();
    entries(spec).forEach(entry -> facts.add(entry.name().replace('_', ' '), value(entry)));
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
        entries.add(new Entry(name, text(field, value), set || field.getJavaType() == FieldDescriptor.JavaType.BOOLEAN));
      }
    }
  }

  private static String text(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case INT, LONG -> Numbers.count(((Number) value).longValue());
      case FLOAT, DOUBLE -> Numbers.significant(((Number) value).doubleValue());
      case BOOLEAN -> (Boolean) value ? "yes" : "no";
      case STRING -> (String) value;
      case ENUM -> Names.words(((EnumValueDescriptor) value).getName());
      case MESSAGE -> entries((Message) value).stream().filter(Entry::set).map(Entry::value).collect(Collectors.joining(" "));
      case BYTE_STRING -> "(bytes)";
    };
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
