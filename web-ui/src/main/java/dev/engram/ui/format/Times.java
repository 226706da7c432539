package dev.engram.ui.format;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Durations and moments as a person reads them. */
public final class Times {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

  private Times() {
  }

  /** The two largest units: {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10 min}, {@code 3 d 4 h}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min" + rest(seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h" + rest(seconds % 3600 / 60, "min");
    }
    return seconds / 86_400 + " d" + rest(seconds % 86_400 / 3600, "h");
  }

  /** {@link #duration(Duration)} of a message. */
  public static String duration(com.google.protobuf.Duration duration) {
    return duration(Duration.ofSeconds(duration.getSeconds()));
  }

  /** How long ago: {@code just now}, {@code 5 min ago}; a day and more as a date. */
  public static String ago(Timestamp moment, Instant now, ZoneId zone) {
    Duration passed = Duration.between(instant(moment), now);
    if (passed.toSeconds() < 10) {
      return "just now";
    }
    if (passed.toHours() >= 24) {
      return DAY.format(instant(moment).atZone(zone));
    }
    return passed.toMinutes() < 1 ? passed.toSeconds() + " s ago"
        : passed.toHours() < 1 ? passed.toMinutes() + " min ago" : passed.toHours() + " h ago";
  }

  /** Date and time to the second. */
  public static String moment(Timestamp moment, ZoneId zone) {
    return FULL.format(instant(moment).atZone(zone));
  }

  /** Time of day to the second. */
  public static String clock(Timestamp moment, ZoneId zone) {
    return CLOCK.format(instant(moment).atZone(zone));
  }

  /** The moment itself. */
  public static Instant instant(Timestamp moment) {
    return Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos());
  }

  private static String rest(long value, String unit) {
    return value == 0 ? "" : " " + value + " " + unit;
  }
}
