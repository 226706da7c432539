package dev.engram.ui.preset;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.ListAttackPresetsRequest;
import dev.engram.v1.ListMeasurePresetsRequest;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Settings of a paper or of its code.
 *
 * @param id its name
 * @param description what it is the setting of
 * @param source paper or code
 * @param spec the measure or the attack, without whom it is of
 */
public record Preset(String id, String description, String source, Message spec) {

  /** Asks the service that has presets of this kind; those of other kinds are among them. */
  public static Uni<List<Preset>> listed(Services services, Kind kind) {
    return kind.service().equals("attack")
        ? services.attack().listAttackPresets(ListAttackPresetsRequest.getDefaultInstance()).map(answer -> of(answer.getPresetsList()))
        : services.metrics().listMeasurePresets(ListMeasurePresetsRequest.getDefaultInstance()).map(answer -> of(answer.getPresetsList()));
  }

  /** The presets of messages with an id, a description, a source and one of several specs; those whose spec is not known here are left out. */
  public static List<Preset> of(List<? extends Message> messages) {
    return messages.stream().filter(message -> spec(message) != null).map(message -> new Preset(text(message, "id"), text(message, "description"),
        text(message, "source"), (Message) message.getField(spec(message)))).toList();
  }

  /** {@code corner sizes}. */
  public String title() {
    return Names.words(id.replace('-', '_'));
  }

  private static FieldDescriptor spec(Message message) {
    return message.getOneofFieldDescriptor(message.getDescriptorForType().getOneofs().getFirst());
  }

  private static String text(Message message, String field) {
    return (String) message.getField(message.getDescriptorForType().findFieldByName(field));
  }
}
