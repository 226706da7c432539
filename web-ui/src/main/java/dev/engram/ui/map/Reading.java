package dev.engram.ui.map;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * What a measure says of one layer.
 *
 * @param path of the layer
 * @param point kind of the tap, e.g. {@code conv}
 * @param value the figure
 * @param low lower end of its 95 % interval, where there is one
 * @param high upper end
 */
record Reading(String path, String point, double value, OptionalDouble low, OptionalDouble high) {

  /** The value and the ends of its interval: what a scale has to reach. */
  DoubleStream ends() {
    return DoubleStream.concat(DoubleStream.of(value), DoubleStream.concat(low.stream(), high.stream()));
  }

  static Reading of(String path, String point, double value) {
    return new Reading(path, point, value, OptionalDouble.empty(), OptionalDouble.empty());
  }

  static Reading of(String path, String point, double value, double low, double high) {
    return new Reading(path, point, value, OptionalDouble.of(low), OptionalDouble.of(high));
  }
}
