package dev.engram.encoders.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** Numbers that another program computed once, a case a line. */
final class OracleRows {
    private OracleRows() {}

    /** @param file below {@code dev/engram/encoders/statistics}; lines that begin with # say how it was made */
    static Stream<double[]> of(String file) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                OracleRows.class.getResourceAsStream("/dev/engram/encoders/statistics/" + file), StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
                    .toList()
                    .stream();
        }
    }
}
