package dev.engram.ui.chart;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a figure draws and what it exports.
 *
 * @param name file name of its exports, without ending
 * @param option ECharts option; colors as {@code var(--name)}, own shapes as {@code shape:name}
 * @param csv the same numbers, with a header line
 */
public record FigureData(String name, Map<String, Object> option, String csv) {

  public FigureData {
    requireNonNull(name, "name");
    requireNonNull(csv, "csv");
    option = Map.copyOf(option);
  }
}
