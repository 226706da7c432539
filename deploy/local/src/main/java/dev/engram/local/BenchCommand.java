package dev.engram.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.engram.encoders.bench.KnnBench;
import dev.engram.encoders.bench.SimClrStepBench;
import dev.engram.metrics.bench.LayerMemBench;
import dev.engram.metrics.bench.UnitMemBench;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast the engine is on this machine. */
@Command(name = "bench", description = "Measures how fast this machine is: images a second, beside the bare work.", mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What can be measured. The names are those a person types. */
    enum Benchmark {
        /** A SimCLR step (2×128 views of 32×32): ResNet-9, and ResNet-18 with a 3×3 stem. */
        SIMCLR_STEP,
        /** 10,000 queries against 50,000 rows of 2,048 values, k = 100. */
        KNN,
        /** SSLMem and LayerMem of every layer: ten views an image, in two encoders. */
        LAYERMEM,
        /** UnitMem of every unit of every layer: ten views an image, in two encoders. */
        UNITMEM;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    @Parameters(paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Benchmark benchmark;

    @Option(names = "--json", description = "The figures with machine and date as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Machine machine = Machine.current();
        ObjectNode report = JSON.createObjectNode();
        report.put("benchmark", benchmark.toString());
        report.put("date", LocalDate.now().toString());
        report.set("machine", JSON.valueToTree(machine));
        report.set("results", JSON.valueToTree(measure(machine.cores())));
        System.out.println(json ? JSON.writeValueAsString(report) : text(report));
        return 0;
    }

    private List<?> measure(int threads) {
        return switch (benchmark) {
            case SIMCLR_STEP -> List.of(SimClrStepBench.of("resnet9").run(), SimClrStepBench.of("resnet18").run());
            case KNN -> List.of(KnnBench.run(KnnBench.Setting.standard(threads), (done, total) -> {}));
            case LAYERMEM -> List.of(LayerMemBench.standard(threads).run());
            case UNITMEM -> List.of(UnitMemBench.standard(threads).run());
        };
    }

    private static String text(ObjectNode report) {
        StringBuilder text = new StringBuilder();
        JsonNode machine = report.get("machine");
        text.append(report.get("benchmark").asText()).append(", ").append(report.get("date").asText()).append(": ")
                .append(machine.get("cpu").asText()).append(", ").append(machine.get("cores").asInt()).append(" cores, load ")
                .append(machine.get("load").asText()).append('\n');
        for (JsonNode result : report.get("results")) {
            text.append('\n');
            append(text, "  ", result);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String indent, JsonNode node) {
        node.properties().forEach(field -> {
            text.append(indent).append(field.getKey());
            if (field.getValue().isObject()) {
                text.append('\n');
                append(text, indent + "  ", field.getValue());
                return;
            }
            text.append(": ").append(field.getValue().asText()).append('\n');
        });
    }
}
