package dev.engram.ui.form;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.format.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A field for every value of a message, and of the messages inside it. Of a repeated message parts can be added, each as a copy of the one
 * before, and removed down to the last. A message all of whose fields are empty is unset.
 */
public final class MessageFields extends Div {
  private final String root;
  private final Function<Message, String> title;
  private final Set<String> kept;
  private final Map<String, String> parts;
  private final Map<String, HasValue<?, ?>> byPath = new HashMap<>();
  private final List<Fields> groups = new ArrayList<>();
  private final Map<String, NativeDetails> details = new HashMap<>();
  private Message shown;

  /**
   * @param root path of the message in the request
   * @param title heading of a message inside a repeated field; empty for none of its own
   * @param kept names of fields that are not a person's to change: they stay as they are shown to this
   * @param parts what one part of a repeated message is called, by the field's name; other fields keep the parts they were shown with
   */
  public MessageFields(String root, Function<Message, String> title, Set<String> kept, Map<String, String> parts) {
    this.kept = Set.copyOf(kept);
    this.parts = Map.copyOf(parts);
    this.root = root;
    this.title = title;
    addClassName("stack-small");
  }

  /** Shows the values of this message, of its nested ones in groups that open and close. */
  public void show(Message message) {
    shown = message;
    byPath.clear();
    groups.clear();
    details.clear();
    removeAll();
    Fields own = new Fields();
    groups.add(own);
    add(own);
    addFields(message, true, root, own, this);
  }

  /** The groups of fields, for violations; those inside others come later. */
  public List<Fields> fields() {
    return List.copyOf(groups);
  }

  /** Whether all that has to be numbers is; if not, says so at the fields. */
  public boolean readable() {
    return shown == null || readable(shown, root);
  }

  /**
   * The message as it is typed; null if none was shown.
   *
   * @throws NumberFormatException unless it is {@link #readable}
   */
  public Message message() {
    return shown == null ? null : build(shown, root);
  }

  private void addFields(Message message, boolean set, String path, Fields target, Div parent) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      String at = path + "." + field.getName();
      if (kept.contains(field.getName())) {
        continue;
      }
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        byPath.put(at, scalar(message, set, field, at, target));
      } else if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          Div content = addGroup(title.apply((Message) message.getRepeatedField(field, i)), i, (Message) message.getRepeatedField(field, i), true, at + "[" + i + "]", parent);
          if (parts.containsKey(field.getName()) && message.getRepeatedFieldCount(field) > 1) {
            int part = i;
            content.add(action("Remove this " + parts.get(field.getName()), () -> change(path, field, "", list -> list.remove(part))));
          }
        }
        if (parts.containsKey(field.getName()) && message.getRepeatedFieldCount(field) > 0) {
          int count = message.getRepeatedFieldCount(field);
          parent.add(action("Add a " + parts.get(field.getName()), () -> change(path, field, at + "[" + count + "]", list -> list.add(list.getLast()))));
        }
      } else {
        addGroup(words(field.getName()), -1, (Message) message.getField(field), message.hasField(field), at, parent);
      }
    }
  }

  /** Changes the parts of a repeated message as it is typed now, and shows the message anew with the same parts open. */
  private void change(String path, FieldDescriptor field, String opened, Consumer<List<Object>> change) {
    if (!readable()) {
      return;
    }
    Set<String> open = details.entrySet().stream().filter(one -> one.getValue().isOpen()).map(Map.Entry::getKey).collect(Collectors.toSet());
    show(changed(build(shown, root), root, path, field, change));
    open.add(opened);
    details.forEach((at, one) -> one.setOpen(open.contains(at)));
  }

  private static Message changed(Message message, String at, String path, FieldDescriptor field, Consumer<List<Object>> change) {
    Message.Builder built = message.toBuilder();
    if (at.equals(path)) {
      List<Object> all = new ArrayList<>((List<?>) message.getField(field));
      change.accept(all);
      return built.setField(field, all).build();
    }
    for (FieldDescriptor inner : message.getDescriptorForType().getFields()) {
      String below = at + "." + inner.getName();
      if (inner.getJavaType() != FieldDescriptor.JavaType.MESSAGE || !path.startsWith(below)) {
        continue;
      }
      if (!inner.isRepeated()) {
        built.setField(inner, changed((Message) message.getField(inner), below, path, field, change));
      }
      for (int i = 0; inner.isRepeated() && i < message.getRepeatedFieldCount(inner); i++) {
        String part = below + "[" + i + "]";
        if (path.equals(part) || path.startsWith(part + ".")) {
          built.setRepeatedField(inner, i, changed((Message) message.getRepeatedField(inner, i), part, path, field, change));
        }
      }
    }
    return built.build();
  }

  private static Button action(String text, Runnable run) {
    Button button = new Button(text, _ -> run.run());
    button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    button.addClassName("part-action");
    return button;
  }

  private Div addGroup(String name, int index, Message message, boolean set, String path, Div parent) {
    Fields fields = new Fields();
    groups.add(fields);
    Div content = new Div(fields);
    content.addClassName("message-group");
    addFields(message, set, path, fields, content);
    NativeDetails group = new NativeDetails();
    group.setSummaryText(index < 0 ? name + (set ? "" : " (none)") : (index + 1) + ". " + name);
    group.setContent(content);
    group.getElement().setAttribute("data-group", path);
    details.put(path, group);
    parent.add(group);
    return content;
  }

  private static HasValue<?, ?> scalar(Message message, boolean set, FieldDescriptor field, String path, Fields target) {
    if (field.getJavaType() == FieldDescriptor.JavaType.ENUM && !field.isRepeated()) {
      List<EnumValueDescriptor> values = field.getEnumType().getValues();
      Select<EnumValueDescriptor> select = target.choice(path, words(field.getName()), values, (EnumValueDescriptor) message.getField(field), "");
      select.setItemLabelGenerator(value -> value.getNumber() == 0 ? "default" : Names.words(value.getName()));
      return select;
    }
    boolean shown = set && (!field.hasPresence() || message.hasField(field));
    return target.text(path, words(field.getName()), shown ? text(message, field) : "", "");
  }

  private Message build(Message like, String path) {
    Message.Builder built = like.newBuilderForType();
    for (FieldDescriptor field : like.getDescriptorForType().getFields()) {
      String at = path + "." + field.getName();
      if (kept.contains(field.getName())) {
        if (field.isRepeated() || !field.hasPresence() || like.hasField(field)) {
          built.setField(field, like.getField(field));
        }
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && field.isRepeated()) {
        for (int i = 0; i < like.getRepeatedFieldCount(field); i++) {
          built.addRepeatedField(field, build((Message) like.getRepeatedField(field, i), at + "[" + i + "]"));
        }
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        Message inner = build((Message) like.getField(field), at);
        if (like.hasField(field) || !inner.equals(inner.getDefaultInstanceForType())) {
          built.setField(field, inner);
        }
      } else {
        set(built, field, byPath.get(at).getValue());
      }
    }
    return built.build();
  }

  private boolean readable(Message like, String path) {
    boolean readable = true;
    for (FieldDescriptor field : like.getDescriptorForType().getFields()) {
      String at = path + "." + field.getName();
      if (kept.contains(field.getName())) {
        continue;
      }
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        for (int i = 0; i < (field.isRepeated() ? like.getRepeatedFieldCount(field) : 1); i++) {
          readable &= readable((Message) (field.isRepeated() ? like.getRepeatedField(field, i) : like.getField(field)), at + (field.isRepeated() ? "[" + i + "]" : ""));
        }
        continue;
      }
      try {
        set(like.newBuilderForType(), field, byPath.get(at).getValue());
      } catch (NumberFormatException e) {
        HasValidationProperties one = (HasValidationProperties) byPath.get(at);
        one.setErrorMessage(wanted(field));
        one.setInvalid(true);
        readable = false;
      }
    }
    return readable;
  }

  private static void set(Message.Builder built, FieldDescriptor field, Object typed) {
    if (typed instanceof EnumValueDescriptor value) {
      built.setField(field, value);
      return;
    }
    String text = ((String) typed).strip();
    if (text.isEmpty()) {
      return;
    }
    if (field.isRepeated()) {
      Arrays.stream(text.split("[,\\s]+")).filter(part -> !part.isEmpty()).forEach(part -> built.addRepeatedField(field, value(field, part)));
    } else {
      built.setField(field, value(field, text));
    }
  }

  private static Object value(FieldDescriptor field, String text) {
    return switch (field.getJavaType()) {
      case DOUBLE -> Double.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case STRING -> text;
      case ENUM -> constant(field, text);
      case MESSAGE, BYTE_STRING -> throw new IllegalStateException("no text makes a " + field.getFullName());
    };
  }

  private static String text(Message message, FieldDescriptor field) {
    if (field.isRepeated()) {
      return ((List<?>) message.getField(field)).stream().map(MessageFields::text).collect(Collectors.joining(", "));
    }
    Object value = message.getField(field);
    return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
        ? String.valueOf(number.longValue()) : String.valueOf(value);
  }

  private static String text(Object value) {
    return value instanceof EnumValueDescriptor constant ? constant.getName() : String.valueOf(value);
  }

  /** @throws NumberFormatException if there is none of that name */
  private static EnumValueDescriptor constant(FieldDescriptor field, String name) {
    return field.getEnumType().getValues().stream().filter(value -> value.getName().equalsIgnoreCase(name)).findFirst()
        .orElseThrow(() -> new NumberFormatException(name));
  }

  private static String wanted(FieldDescriptor field) {
    if (field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
      return "Of " + field.getEnumType().getValues().stream().filter(value -> value.getNumber() != 0).map(EnumValueDescriptor::getName)
          .collect(Collectors.joining(", ")) + ", separated by commas.";
    }
    return field.isRepeated() ? "Numbers, separated by commas." : "A number.";
  }

  private static String words(String name) {
    String words = name.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
