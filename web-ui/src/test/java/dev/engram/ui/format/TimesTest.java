package dev.engram.ui.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  private static final Instant NOW = Instant.parse("2026-03-05T14:07:09Z");

  @ParameterizedTest
  @CsvSource({"-5, 0 s", "42, 42 s", "60, 1 min", "185, 3 min 5 s", "7800, 2 h 10 min", "3600, 1 h", "273600, 3 d 4 h"})
  void durationsInTheirTwoLargestUnits(long seconds, String text) {
    assertEquals(text, Times.duration(Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @CsvSource({"-3, just now", "9, just now", "30, 30 s ago", "90, 1 min ago", "7300, 2 h ago", "90000, 4 Mar 13:07"})
  void agoUntilItIsADate(long seconds, String text) {
    assertEquals(text, Times.ago(stamp(NOW.minusSeconds(seconds)), NOW, ZoneOffset.UTC));
  }

  @Test
  void momentsToTheSecond() {
    assertEquals("5 Mar 2026 14:07:09", Times.moment(stamp(NOW), ZoneOffset.UTC));
    assertEquals("14:07:09", Times.clock(stamp(NOW), ZoneOffset.UTC));
  }

  private static Timestamp stamp(Instant instant) {
    return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
  }
}
