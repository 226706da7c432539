package dev.engram.ui.chart;

import dev.engram.v1.CropResult;
import dev.engram.v1.Interval;
import java.util.List;

/** What leaks of one crop at every cut of the encoders: the score with its interval, from the first cut asked for to the last. */
public final class CutFigure {

  private CutFigure() {
  }

  /** @param cuts results of one crop */
  public static FigureData of(String name, List<CropResult> cuts) {
    Csv csv = new Csv("cut", "score", "ci_low", "ci_high", "target", "reference", "memorized", "misrepresented");
    for (CropResult cut : cuts) {
      Interval score = cut.getScore();
      csv.row(List.of(cut.getCut(), score.getValue(), score.getCiLow(), score.getCiHigh(), cut.getTarget().getValue(),
          cut.getReference().getValue(), cut.getMemorized().getValue(), cut.getMisrepresented().getValue()));
    }
    return new FigureData(name, ScoreDots.option(
        cuts.stream().map(CropResult::getCut).toList(), cuts.stream().map(CropResult::getScore).toList()), csv.toString());
  }
}
