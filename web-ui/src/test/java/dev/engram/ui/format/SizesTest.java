package dev.engram.ui.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1536, 1.5 KiB", "6588968, 6.3 MiB", "1048575, 1.0 MiB",
      "30720000, 29.3 MiB", "214748364800, 200 GiB"})
  void bytes(long bytes, String text) {
    assertEquals(text, Sizes.bytes(bytes));
  }
}
