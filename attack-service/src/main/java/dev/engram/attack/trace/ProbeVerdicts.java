package dev.engram.attack.trace;

import dev.engram.attack.run.ProbeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which images a linear probe named rightly: a {@code probes.csv}. */
final class ProbeVerdicts {
    private static final int COLUMNS = 5;

    private final Map<String, Map<Long, Boolean>> right;

    private ProbeVerdicts(Map<String, Map<Long, Boolean>> right) {
        this.right = right;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is something else, naming the line
     */
    static ProbeVerdicts read(Path csv) throws IOException {
        Map<String, Map<Long, Boolean>> right = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(csv);
        for (int i = 1; i < lines.size(); i++) {
            String[] values = lines.get(i).split(",", -1);
            if (values.length != COLUMNS || !values[2].matches("[0-9]+")) {
                throw new IllegalArgumentException("%s: line %d cannot be read".formatted(ProbeTable.FILE_NAME, i + 1));
            }
            right.computeIfAbsent(values[0] + "/" + values[1], _ -> new LinkedHashMap<>()).put(Long.parseLong(values[2]), values[3].equals(values[4]));
        }
        return new ProbeVerdicts(right);
    }

    /**
     * By image id.
     *
     * @param side {@code f} or {@code g}
     * @param part of {@link ProbeTable}
     */
    Map<Long, Boolean> of(String side, String part) {
        return right.getOrDefault(side + "/" + part, Map.of());
    }
}
