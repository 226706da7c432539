package dev.engram.ui.format;

import dev.engram.v1.Interval;
import java.util.Locale;

/** Numbers as a person reads them: thousands grouped, as many digits as mean something. */
public final class Numbers {

  private Numbers() {
  }

  /** {@code 1647242} → {@code 1,647,242}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A count with its noun: {@code 1 image}, {@code 2 images}. */
  public static String count(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** A score in [-1, 1] with three decimals; a true minus sign. */
  public static String score(double value) {
    return fixed(value, 3);
  }

  /** A confidence, in nats, with two decimals. */
  public static String nats(double value) {
    return fixed(value, 2) + " nats";
  }

  /** A share in [0, 1] as percent with one decimal. */
  public static String percent(double share) {
    return Double.isFinite(share) ? fixed(100 * share, 1) + " %" : "–";
  }

  /** A share with its 95 % interval: {@code 31.2 % (28.9 to 33.6)}. */
  public static String percent(Interval share) {
    return percent(share.getValue()) + " (" + fixed(100 * share.getCiLow(), 1) + " to " + fixed(100 * share.getCiHigh(), 1) + ")";
  }

  /** A probability: three decimals, {@code < 0.001} below, or in powers of ten. */
  public static String probability(double p) {
    if (!Double.isFinite(p)) {
      return "–";
    }
    return p < 0.001 ? "< 0.001" : fixed(p, 3);
  }

  /** Four significant digits, scientific where a plain number would be long. */
  public static String significant(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size < 1e-3 || size >= 1e6) {
      return minus(String.format(Locale.ROOT, "%.3e", value).replaceAll("\\.?0*e([+-])0?", "e$1").replace("e+", "e"));
    }
    if (value == Math.rint(value)) {
      return minus(String.format(Locale.ROOT, "%,.0f", value));
    }
    int decimals = size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : size >= 0.1 ? 4 : size >= 0.01 ? 5 : 6;
    return minus(String.format(Locale.ROOT, "%,." + decimals + "f", value).replaceAll("\\.?0+$", ""));
  }

  static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return minus(text.matches("-0\\.?0*") ? text.substring(1) : text);
  }

  private static String minus(String text) {
    return text.replace('-', '−').replace("e−", "e-");
  }
}
