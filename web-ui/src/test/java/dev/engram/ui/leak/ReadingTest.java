package dev.engram.ui.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.Interval;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class ReadingTest {

  @ParameterizedTest
  @CsvSource({"0.001, 0.08, memorized", "-0.01, 0.03, no evidence", "0, 0.03, no evidence", "-0.05, -0.01, below the reference"})
  void theIntervalDecidesAndNotTheValue(double low, double high, String title) {
    Interval score = Interval.newBuilder().setValue((low + high) / 2).setCiLow(low).setCiHigh(high).build();
    assertEquals(title, Reading.of(CropResult.newBuilder().setScore(score).build()).title());
  }

  @Test
  void cropsInWords() {
    assertEquals("upper right, 0.5 of each side", Crops.words(Crop.newBuilder().setCorner(
        CornerCrop.newBuilder().setCorner(Crop.Corner.UPPER_RIGHT).setFraction(0.5)).build()));
    assertEquals("lower left, 0.3 of each side", Crops.words(Crop.getDefaultInstance()));
  }
}
