package dev.engram.ui.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.ui.chart.FigureData;
import dev.engram.ui.chart.RepeatFigure;
import dev.engram.v1.AccuracyGap;
import dev.engram.v1.Interval;
import dev.engram.v1.RepeatGap;
import dev.engram.v1.RepeatResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatsPanelTest {
  private static final RepeatResponse REPEATS = RepeatResponse.newBuilder().setPerDoubling(interval(0.025, 0.01, 0.04))
      .addCounts(count(1, 0.01)).addCounts(count(10, 0.09)).build();

  @Test
  void saysWhatEveryDoublingAdds() {
    String text = new RepeatsPanel("file", REPEATS).getElement().getTextRecursively();
    assertTrue(text.contains("Every doubling of the visits adds 2.5 % (1.0 to 4.0) to the score."), text);
  }

  @Test
  void theFigureExportsEveryCount() {
    FigureData figure = RepeatFigure.of("file", REPEATS.getCountsList());
    assertEquals(List.of(
        "repeat_count,images,score,ci_low,ci_high,target,reference,memorized,misrepresented",
        "1,40,0.01,0.0,0.2,0.3,0.1,0.2,0.1",
        "10,40,0.09,0.0,0.2,0.3,0.1,0.2,0.1"), figure.csv().lines().toList());
  }

  private static RepeatGap count(int count, double score) {
    return RepeatGap.newBuilder().setRepeatCount(count).setImages(40).setMemorized(interval(0.2, 0.1, 0.3)).setMisrepresented(interval(0.1, 0, 0.2))
        .setGap(AccuracyGap.newBuilder().setTarget(interval(0.3, 0.2, 0.4)).setReference(interval(0.1, 0, 0.2)).setScore(interval(score, 0, 0.2))).build();
  }

  private static Interval interval(double value, double low, double high) {
    return Interval.newBuilder().setValue(value).setCiLow(low).setCiHigh(high).build();
  }
}
