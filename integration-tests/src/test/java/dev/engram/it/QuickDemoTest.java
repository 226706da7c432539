package dev.engram.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing a newcomer types: {@code ./engram demo --quick --no-ui}, from an empty home to the report. */
class QuickDemoTest {
    private static final Duration LIMIT = Duration.ofMinutes(40);
    private static final double ROUNDING = 1e-9;

    @TempDir
    static Path directory;

    private static String terminal;
    private static JsonNode report;
    private static String html;

    @BeforeAll
    static void demo() throws Exception {
        int port = EngramProcess.freePort();
        Path out = directory.resolve("report");
        try (EngramProcess demo = EngramProcess.local(directory, port, "demo", "--quick", "--no-ui", "--out", out.toString(),
                "--home", directory.resolve("home").toString(), "--port", Integer.toString(port))) {
            int code = demo.awaitExit(LIMIT);
            terminal = demo.output();
            assertEquals(0, code, terminal);
        }
        report = new ObjectMapper().readTree(Files.readString(out.resolve("report.json")));
        html = Files.readString(out.resolve("report.html"));
    }

    @Test
    void everyPromisedKeyIsThere() {
        for (String key : List.of("dataset", "split", "layermem", "sslmem_tests", "unitmem", "probe", "dejavu", "seconds")) {
            assertTrue(report.has(key), key);
        }
        fields(report.get("layermem"), "layer", "mean", "ci_low", "ci_high", "delta", "subset");
        fields(report.get("unitmem"), "layer", "units", "mean", "max", "null_mean");
        fields(report.get("dejavu"), "crop", "target", "reference", "score", "ci_low", "ci_high", "memorized", "correlated", "misrepresented",
                "unassociated");
        for (String encoder : List.of("f", "g")) {
            assertTrue(report.at("/probe/" + encoder).has("linear") && report.at("/probe/" + encoder).has("knn"), encoder);
        }
    }

    private static void fields(JsonNode rows, String... names) {
        assertFalse(rows.isEmpty());
        for (JsonNode row : rows) {
            for (String name : names) {
                assertTrue(row.has(name), () -> name + " is missing in " + row);
            }
        }
    }

    @Test
    void everyUnitAndEveryLayerIsMeasured() {
        int convolutionUnits = 0;
        Set<String> unitLayers = new HashSet<>();
        for (JsonNode layer : report.get("unitmem")) {
            // The paper's table of layers has no rows for ReLUs; units are measured there, too.
            if (!layer.get("point").asText().equals("relu")) {
                unitLayers.add(layer.get("layer").asText());
            }
            convolutionUnits += layer.get("point").asText().equals("conv") ? layer.get("units").asInt() : 0;
        }
        assertEquals(1120, convolutionUnits, "ResNet-9 has 1120 convolution units");
        Set<String> memoryLayers = new HashSet<>();
        report.get("layermem").forEach(row -> memoryLayers.add(row.get("layer").asText()));
        assertTrue(memoryLayers.containsAll(unitLayers), memoryLayers + " lacks some of " + unitLayers);
    }

    @Test
    void deltasTelescope() {
        double first = Double.NaN;
        double last = Double.NaN;
        double sum = 0;
        for (JsonNode row : report.get("layermem")) {
            if (!row.get("subset").asText().equals("candidate")) {
                continue;
            }
            last = row.get("mean").asDouble();
            if (row.get("delta_module").isNull()) {
                first = last;
                continue;
            }
            sum += row.get("delta_module").asDouble();
        }
        assertEquals(last - first, sum, ROUNDING);
    }

    @Test
    void thePartitionAddsUpAndItsDifferenceIsTheScore() {
        for (JsonNode crop : report.get("dejavu")) {
            double memorized = crop.get("memorized").asDouble();
            double correlated = crop.get("correlated").asDouble();
            double misrepresented = crop.get("misrepresented").asDouble();
            assertEquals(1, memorized + correlated + misrepresented + crop.get("unassociated").asDouble(), ROUNDING);
            assertEquals(crop.get("score").asDouble(), memorized - misrepresented, ROUNDING);
            assertEquals(crop.get("target").asDouble(), memorized + correlated, ROUNDING);
            assertTrue(crop.get("ci_low").asDouble() <= crop.get("score").asDouble());
            assertTrue(crop.get("score").asDouble() <= crop.get("ci_high").asDouble());
        }
    }

    @Test
    void intervalsHoldTheirMeans() {
        for (JsonNode row : report.get("layermem")) {
            assertTrue(row.get("ci_low").asDouble() <= row.get("mean").asDouble() + ROUNDING, row::toString);
            assertTrue(row.get("mean").asDouble() <= row.get("ci_high").asDouble() + ROUNDING, row::toString);
            assertTrue(Math.abs(row.get("mean").asDouble()) <= 1, row::toString);
        }
    }

    @Test
    void theReportStandsAlone() {
        assertTrue(html.startsWith("<!doctype html>"));
        assertTrue(html.contains("<svg") && html.contains("data:image/png;base64,"));
        assertFalse(html.contains("http://") || html.contains("https://"), "the report must not load anything");
    }

    @Test
    void theTerminalSpeaksPlainly() {
        assertTrue(terminal.contains("LayerMem") && terminal.contains("Déjà vu"), terminal);
        assertFalse(terminal.contains("Exception") || terminal.contains("\tat "), terminal);
    }
}
