package dev.engram.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.engram.encoders.bench.AugmentBench;
import dev.engram.encoders.bench.ForwardBench;
import dev.engram.encoders.bench.KnnBench;
import dev.engram.encoders.bench.SimClrStepBench;
import dev.engram.encoders.bench.TrainEpochBench;
import dev.engram.encoders.bench.WorkerStartBench;
import dev.engram.encoders.engine.Precision;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.metrics.bench.LayerMemBench;
import dev.engram.metrics.bench.ShardsBench;
import dev.engram.metrics.bench.SharedPassBench;
import dev.engram.metrics.bench.UnitMemBench;
import dev.engram.metrics.bench.UnitMemMemoryBench;
import dev.engram.runs.launch.WorkerClassPath;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast the engine is on this machine. */
@Command(name = "bench", description = "Measures how fast this machine is: images a second, beside the bare work.", mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What can be measured. The names are those a person types. */
    enum Benchmark {
        /** A SimCLR step (2×128 views of 32×32): ResNet-9, ResNet-18 with a 3×3 stem, ViT-Tiny with patches of 4; in float32 and bfloat16. */
        SIMCLR_STEP,
        /** One epoch of SimCLR on real images, augmentation included. */
        TRAIN_EPOCH,
        /** Views of 32 and of 224 pixels. */
        AUGMENT,
        /** Forward passes: ResNet-18 (32 pixels), ResNet-50 and ViT-Small (224 pixels). */
        FORWARD,
        /** 10,000 queries against 50,000 rows of 2,048 values, k = 100. */
        KNN,
        /** SSLMem and LayerMem of every layer: ten views an image, in two encoders. */
        LAYERMEM,
        /** UnitMem of every unit of every layer: ten views an image, in two encoders. */
        UNITMEM,
        /** LayerMem and UnitMem in one pass against one pass each. */
        SHARED_PASS,
        /** What UnitMem keeps in memory for 1,000, 10,000 and 50,000 images of ViT-Base's units, and for 1,000 with every mean kept. */
        UNITMEM_MEMORY,
        /** UnitMem's pass shared by 1, 2 and 4 processes and merged. */
        SHARDS,
        /** A new process until its engine has done its first operation. */
        WORKER_START;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    @Parameters(paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Benchmark benchmark;

    @Option(names = "--json", description = "The figures with machine and date as JSON.")
    private boolean json;

    @Option(names = "--tiny", description = "A fraction of the work: shows that it runs, measures nothing.")
    private boolean tiny;

    @Option(names = "--times", paramLabel = "N", defaultValue = "0", description = "How often each is measured; by default what is published.")
    private int times;

    @Option(names = "--networks", split = ",", description = "Only these, of a benchmark of several: resnet18,vit_tiny.")
    private Set<String> networks = Set.of();

    @Option(names = "--precisions", split = ",", description = "Only these: float32, bfloat16, and on cards tf32.")
    private Set<String> precisions = Set.of();

    @Override
    public Integer call() throws Exception {
        Set<Precision> wanted = precisions.stream().map(Precision::named).collect(Collectors.toSet());
        BenchScale scale = new BenchScale(tiny, times, networks, wanted);
        Machine machine = Machine.current();
        List<?> results = measure(benchmark, machine.cores(), scale);
        if (results.isEmpty()) {
            System.err.printf("%s measures none of --networks %s in --precisions %s%n", benchmark, networks, precisions);
            return 2;
        }
        ObjectNode report = JSON.createObjectNode();
        report.put("benchmark", benchmark.toString());
        report.put("date", LocalDate.now().toString());
        report.set("machine", JSON.valueToTree(machine));
        report.set("results", JSON.valueToTree(results));
        System.out.println(json ? JSON.writeValueAsString(report) : text(report));
        return 0;
    }

    /** The results of one benchmark, each a record whose components are the keys of its JSON. */
    static List<?> measure(Benchmark benchmark, int threads, BenchScale scale) {
        TorchEngine.start(threads);
        boolean tiny = scale.tiny();
        return switch (benchmark) {
            case SIMCLR_STEP -> SimClrStepBench.NETWORKS.stream()
                    .filter(scale::wants)
                    .flatMap(network -> precisions(scale)
                            .map(precision -> tiny
                                    ? new SimClrStepBench(network, precision, 2, 0, 1)
                                    : SimClrStepBench.of(network, precision, scale.times(10))))
                    .map(SimClrStepBench::run)
                    .toList();
            case TRAIN_EPOCH -> List.of(new TrainEpochBench("resnet9", tiny ? 8 : 2048, tiny ? 4 : 128).run());
            case AUGMENT -> List.of(
                    new AugmentBench(32, 32, tiny ? 2 : 128, scale.times(20)).run(),
                    new AugmentBench(256, 224, tiny ? 2 : 16, scale.times(10)).run());
            case FORWARD -> Stream.of(
                            new ForwardBench("resnet18", 32, tiny ? 1 : 256, scale.times(5)),
                            new ForwardBench("resnet50", 224, tiny ? 1 : 16, scale.times(5)),
                            new ForwardBench("vit_small", 224, tiny ? 1 : 16, scale.times(5)))
                    .filter(bench -> scale.wants(bench.network()))
                    .map(ForwardBench::run)
                    .toList();
            case KNN -> List.of(KnnBench.run(
                    tiny ? new KnnBench.Setting(10, 100, 16, 5, threads) : KnnBench.Setting.standard(threads),
                    (done, total) -> {}));
            case LAYERMEM -> List.of((tiny ? new LayerMemBench(2, 1, 1) : LayerMemBench.standard(threads)).run());
            case UNITMEM -> List.of((tiny ? new UnitMemBench(2, 1, 1) : UnitMemBench.standard(threads)).run());
            case SHARED_PASS -> List.of((tiny ? new SharedPassBench(2, 1, 1) : SharedPassBench.standard(threads)).run());
            case UNITMEM_MEMORY -> unitMemMemory(WorkerClassPath.derive(System.getProperties()), tiny);
            case SHARDS -> tiny
                    ? new ShardsBench(WorkerClassPath.derive(System.getProperties()), 16, 2, threads).run(2)
                    : new ShardsBench(WorkerClassPath.derive(System.getProperties()), 8192, 10, threads).run(2, 4);
            case WORKER_START -> List.of(
                    new WorkerStartBench(WorkerClassPath.derive(System.getProperties()), scale.times(5)).run());
        };
    }

    /** Those wanted that the device of this process has. */
    private static Stream<Precision> precisions(BenchScale scale) {
        return TorchEngine.precisions().stream().filter(scale::wants);
    }

    /** All means of 10,000 images of ViT-Base would be 6.4 GB. */
    private static List<UnitMemMemoryBench.Result> unitMemMemory(String classPath, boolean tiny) {
        if (tiny) {
            return List.of(new UnitMemMemoryBench(classPath, "256m", "resnet9", 2, true).run());
        }
        return List.of(
                new UnitMemMemoryBench(classPath, "512m", "vit_base", 1_000, false).run(),
                new UnitMemMemoryBench(classPath, "512m", "vit_base", 10_000, false).run(),
                new UnitMemMemoryBench(classPath, "512m", "vit_base", 50_000, false).run(),
                new UnitMemMemoryBench(classPath, "3g", "vit_base", 1_000, true).run());
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
