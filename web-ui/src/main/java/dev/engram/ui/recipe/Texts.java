package dev.engram.ui.recipe;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values of a message's fields as a person types them, by the fields' names. */
final class Texts {

  private Texts() {
  }

  /** The fields that are set. Numbers in full precision, lists with commas. */
  static Map<String, String> of(Message message) {
    Map<String, String> texts = new LinkedHashMap<>();
    message.getAllFields().forEach((field, value) -> texts.put(field.getName(), field.isRepeated()
        ? ((List<?>) value).stream().map(Texts::text).collect(Collectors.joining(", ")) : text(value)));
    return texts;
  }

  /**
   * Sets the fields of these names; those that the message does not have are left to others.
   *
   * @throws NumberFormatException if a text is no number where there has to be one
   */
  static <B extends Message.Builder> B fill(B message, Map<String, String> texts) {
    texts.forEach((name, text) -> {
      FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
      if (field == null) {
        return;
      }
      if (field.isRepeated()) {
        list(text).forEach(part -> message.addRepeatedField(field, value(field, part)));
      } else {
        message.setField(field, value(field, text));
      }
    });
    return message;
  }

  /** A list as people type it. */
  static List<String> list(String text) {
    return Arrays.stream(text.split("[,\\s]+")).filter(part -> !part.isEmpty()).toList();
  }

  /** The shortest text that reads back as the same number. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : String.valueOf(value).replace(".0E", "e").replace("E", "e");
  }

  private static String text(Object value) {
    return value instanceof Double number ? text(number.doubleValue()) : String.valueOf(value);
  }

  private static Object value(FieldDescriptor field, String text) {
    return switch (field.getJavaType()) {
      case DOUBLE -> Double.valueOf(text);
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case STRING -> text;
      case FLOAT, ENUM, MESSAGE, BYTE_STRING -> throw new IllegalStateException("no text makes a " + field.getFullName());
    };
  }
}
