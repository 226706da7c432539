package dev.engram.ui.preset;

import com.google.protobuf.Message;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The choice of settings that fill a form; not seen while there are none for it. */
public final class PresetSelect extends Select<Preset> {
  private final Predicate<Message> takes;

  /**
   * @param takes whether the form can be filled by a spec
   * @param fill fills it
   */
  public PresetSelect(Predicate<Message> takes, Consumer<Message> fill) {
    this.takes = takes;
    setLabel("Settings of");
    setPlaceholder("a paper or its code");
    addClassName("presets");
    getElement().setAttribute("data-path", "settings");
    setItemLabelGenerator(preset -> preset == null ? "" : preset.title());
    setVisible(false);
    addValueChangeListener(change -> {
      if (change.getValue() != null) {
        fill.accept(change.getValue().spec());
        setHelperText(change.getValue().description() + " Source: " + change.getValue().source() + ".");
      }
    });
  }

  /** Offers those that the form can be filled by. */
  public void offer(List<Preset> presets) {
    List<Preset> fitting = presets.stream().filter(preset -> takes.test(preset.spec())).toList();
    setItems(fitting);
    setVisible(!fitting.isEmpty());
  }
}
