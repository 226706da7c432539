package dev.engram.ui.form;

import java.util.List;

/** The corruptions that a probe can be scored on, by their names in the contracts. */
public final class Corruptions {
  public static final List<String> ALL = List.of("gaussian_noise", "shot_noise", "impulse_noise", "gaussian_blur", "brightness", "contrast", "pixelate",
      "speckle_noise", "defocus_blur", "zoom_blur", "fog", "saturate", "jpeg_compression", "glass_blur",
      "motion_blur", "elastic_transform", "snow");

  private Corruptions() {
  }

  /** For people. */
  public static String words(String corruption) {
    return corruption.replace('_', ' ');
  }
}
