package dev.engram.ui.chart;

import dev.engram.v1.ClassGap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How much better the encoder that saw the images names each class; what is unlikely to be luck is colored. */
public final class ClassGapFigure {
  private static final double DISCOVERY = 0.05;

  private ClassGapFigure() {
  }

  /** @param gaps in the order shown, from above */
  public static FigureData of(String name, List<ClassGap> gaps, List<String> classNames) {
    Csv csv = new Csv("class", "images", "memorized", "misrepresented", "gap", "p", "q");
    List<Object> bars = new ArrayList<>();
    for (ClassGap gap : gaps) {
      csv.row(List.of(name(gap, classNames), images(gap), gap.getMemorized(), gap.getMisrepresented(), gap.getGap(), gap.getP(), gap.getQ()));
      bars.add(Map.of("value", 100 * gap.getGap(), "itemStyle", Map.of("color",
          gap.getQ() > DISCOVERY ? Look.NULL : Look.color(gap.getGap() > 0 ? "memorized" : "misrepresented"))));
    }
    return new FigureData(name, Look.option(Map.of(
        "series", List.of(Map.of("type", "bar", "name", "gap", "data", bars, "barWidth", "62%")),
        "tooltip", Look.tooltip("item"), "legend", Map.of("show", false), "grid", Look.PLAIN,
        "xAxis", Look.values("", Map.of("axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))),
        "yAxis", Look.categories(gaps.stream().map(gap -> name(gap, classNames)).toList(), Map.of("inverse", true,
            "axisLabel", Map.of("color", Look.INK, "fontSize", 12))))), csv.toString());
  }

  /** The class's name, or its number where the data set does not tell. */
  public static String name(ClassGap gap, List<String> classNames) {
    return gap.getLabel() < classNames.size() ? classNames.get(gap.getLabel()) : String.valueOf(gap.getLabel());
  }

  /** Attacked images of the class. */
  public static int images(ClassGap gap) {
    return gap.getMemorized() + gap.getCorrelated() + gap.getMisrepresented() + gap.getUnassociated();
  }
}
