package dev.engram.ui.leak;

import dev.engram.ui.format.Numbers;
import dev.engram.v1.CropResult;
import dev.engram.v1.Interval;

/**
 * A déjà vu score in plain words.
 *
 * @param title in three words
 * @param sentence what it means, with the figures
 */
public record Reading(String title, String sentence) {

  /** Reads the score by where its 95 % interval lies. */
  public static Reading of(CropResult crop) {
    Interval score = crop.getScore();
    String figures = "From this crop the encoder that saw the image names its class in " + Numbers.percent(crop.getTarget().getValue())
        + " of the cases, the one that did not in " + Numbers.percent(crop.getReference().getValue()) + ". ";
    if (score.getCiLow() > 0) {
      return new Reading("memorized", figures + "The difference of " + Numbers.percent(score)
          + " cannot be explained by what such images have in common: single images are remembered.");
    }
    if (score.getCiHigh() < 0) {
      return new Reading("below the reference", figures + "The difference of " + Numbers.percent(score)
          + " is below 0: the encoder that did not see the images does better, which memory does not explain.");
    }
    return new Reading("no evidence", figures + "The difference of " + Numbers.percent(score)
        + " has 0 inside its interval: this attack shows no memory of single images.");
  }
}
