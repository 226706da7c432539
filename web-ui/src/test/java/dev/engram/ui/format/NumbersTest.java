package dev.engram.ui.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.v1.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "-0.0, 0", "8.1, 8.1", "1647242, '1.647e6'", "640, 640", "0.001, 0.001", "0.00073, 7.3e-4", "1e-6, 1e-6", "12.3456, 12.35",
      "0.0502, 0.0502", "-0.25, −0.25", "1234.56, '1,234.6'"})
  void significantDigitsWithoutNoise(double value, String text) {
    assertEquals(text, Numbers.significant(value));
  }

  @Test
  void confidencesInAColumnHaveTheSameDecimals() {
    assertEquals("−1.70 nats", Numbers.nats(-1.7));
    assertEquals("0.00 nats", Numbers.nats(-0.001));
  }

  @Test
  void whatIsNoNumberSaysSo() {
    assertEquals("NaN", Numbers.significant(Double.NaN));
    assertEquals("−∞", Numbers.significant(Double.NEGATIVE_INFINITY));
    assertEquals("–", Numbers.score(Double.NaN));
    assertEquals("–", Numbers.percent(Double.NaN));
  }

  @Test
  void scoresHaveThreeDecimalsAndNoNegativeZero() {
    assertEquals("−0.284", Numbers.score(-0.2836));
    assertEquals("0.000", Numbers.score(-0.0001));
  }

  @Test
  void sharesAreShownWithTheirInterval() {
    assertEquals("6.1 % (−1.4 to 8.2)",
        Numbers.percent(Interval.newBuilder().setValue(0.061).setCiLow(-0.014).setCiHigh(0.082).build()));
  }

  @ParameterizedTest
  @CsvSource({"0.04, 0.040", "0.0009, < 0.001", "1, 1.000"})
  void probabilities(double p, String text) {
    assertEquals(text, Numbers.probability(p));
  }

  @Test
  void oneIsSingular() {
    assertEquals("1 image", Numbers.count(1, "image"));
    assertEquals("10,000 images", Numbers.count(10_000, "image"));
  }
}
