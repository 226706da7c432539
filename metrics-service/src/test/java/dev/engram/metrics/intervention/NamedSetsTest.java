package dev.engram.metrics.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.metrics.intervention.NamedSets.Scored;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedSetsTest {
    /** LayerMem and ΔLayerMem of Wang et al. 2024, Table 18; layer 1 has no ΔLayerMem. */
    private static final List<Scored> TABLE_18 = List.of(
            new Scored("2", .123, .026),
            new Scored("3", .154, .026),
            new Scored("4", .183, .029),
            new Scored("5", .212, .027),
            new Scored("6", .246, .031),
            new Scored("7", .276, .029),
            new Scored("8", .308, .032));

    /** The sets of Tables 21 and 22. */
    @Test
    void theSetsAreThoseOfThePaper() {
        Map<List<String>, List<String>> names = NamedSets.of(TABLE_18, 3);
        assertEquals(List.of("most ΔLayerMem"), names.get(List.of("4", "6", "8")));
        assertEquals(List.of("most LayerMem"), names.get(List.of("6", "7", "8")));
        assertEquals(List.of("least LayerMem"), names.get(List.of("2", "3", "4")));
        assertEquals(List.of("least ΔLayerMem"), names.get(List.of("2", "3", "5")));
        assertEquals(List.of("least LayerMem", "least ΔLayerMem"), names.get(List.of("2", "3")));
        assertEquals(List.of("most LayerMem", "most ΔLayerMem"), names.get(List.of("8")));
    }

    @Test
    void thereAreNoLargerSetsThanLayers() {
        assertEquals(List.of("most LayerMem", "least LayerMem", "most ΔLayerMem", "least ΔLayerMem").stream().sorted().toList(),
                NamedSets.of(TABLE_18.subList(0, 1), 3).get(List.of("2")).stream().sorted().toList());
        assertEquals(Map.of(), NamedSets.of(List.of(), 3));
    }
}
