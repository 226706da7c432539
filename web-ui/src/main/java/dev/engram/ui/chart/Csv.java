package dev.engram.ui.chart;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them; numbers in full precision. */
final class Csv {
  private final StringBuilder text = new StringBuilder();

  Csv(String... header) {
    row(List.of(header));
  }

  /** Adds a row. */
  Csv row(List<?> values) {
    text.append(values.stream().map(Csv::cell).collect(Collectors.joining(","))).append("\r\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String cell(Object value) {
    String cell = String.valueOf(value);
    return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
