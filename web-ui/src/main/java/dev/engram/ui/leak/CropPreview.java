package dev.engram.ui.leak;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Crop;
import java.util.ArrayList;
import java.util.List;

/** Chooses whether images are shown whole or as an adversary would see them; the choice is in the URL ({@code crop}, {@code size}). */
public final class CropPreview extends Div {
  private static final String WHOLE = "whole images";
  private static final List<Double> SIZES = List.of(0.2, 0.3, 0.4, 0.5, 0.6);
  private static final double USUAL = 0.3;

  /** @param boxes whether there are boxes a crop can lie beside */
  public CropPreview(UrlState url, boolean boxes) {
    List<String> names = new ArrayList<>(Crops.NAMES);
    if (!boxes) {
      names.removeAll(List.of(Crops.BESIDE, Crops.LARGEST));
    }
    names.addFirst(WHOLE);
    Select<String> crop = new Select<>();
    crop.setLabel("Show");
    crop.setItems(names);
    crop.setValue(names.contains(url.get("crop")) ? url.get("crop") : WHOLE);
    crop.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with("crop", change.getValue().equals(WHOLE) ? "" : change.getValue()).open();
      }
    });
    Select<Double> size = new Select<>();
    size.setLabel("Size of a corner");
    size.setItems(SIZES);
    size.setValue(size(url));
    size.setVisible(corner(url));
    size.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with("size", change.getValue() == USUAL ? "" : String.valueOf(change.getValue())).open();
      }
    });
    addClassName("filters");
    add(crop, size);
  }

  /** The crop that the URL says; the default instance for whole images. */
  public static Crop chosen(UrlState url) {
    return Crops.NAMES.contains(url.get("crop")) ? Crops.named(url.get("crop"), size(url)) : Crop.getDefaultInstance();
  }

  private static boolean corner(UrlState url) {
    return chosen(url).hasCorner();
  }

  private static double size(UrlState url) {
    return SIZES.stream().filter(size -> String.valueOf(size).equals(url.get("size"))).findFirst().orElse(USUAL);
  }
}
