package dev.engram.ui.chart;

import dev.engram.v1.Interval;
import dev.engram.v1.RepeatGap;
import java.util.List;

/** Dose and response: the score with its interval by how often an epoch of training visits an image. */
public final class RepeatFigure {

  private RepeatFigure() {
  }

  /** @param counts by ascending repeat count */
  public static FigureData of(String name, List<RepeatGap> counts) {
    Csv csv = new Csv("repeat_count", "images", "score", "ci_low", "ci_high", "target", "reference", "memorized", "misrepresented");
    for (RepeatGap count : counts) {
      Interval score = count.getGap().getScore();
      csv.row(List.of(count.getRepeatCount(), count.getImages(), score.getValue(), score.getCiLow(), score.getCiHigh(),
          count.getGap().getTarget().getValue(), count.getGap().getReference().getValue(), count.getMemorized().getValue(),
          count.getMisrepresented().getValue()));
    }
    return new FigureData(name, ScoreDots.option(counts.stream().map(count -> count.getRepeatCount() + " ×").toList(),
        counts.stream().map(count -> count.getGap().getScore()).toList()), csv.toString());
  }
}
