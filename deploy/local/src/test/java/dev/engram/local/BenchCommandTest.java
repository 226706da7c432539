package dev.engram.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.encoders.engine.Precision;
import dev.engram.local.BenchCommand.Benchmark;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The keys are documented in docs/benchmarks.md; who reads them should not have to follow the code. */
    @ParameterizedTest
    @EnumSource
    void everyBenchmarkRunsAndHasItsKeys(Benchmark benchmark) {
        List<?> results = BenchCommand.measure(benchmark, 1, BenchScale.whole(true));
        assertEquals(results(benchmark), results.size());
        for (Object result : results) {
            JsonNode json = JSON.valueToTree(result);
            Set<String> names = new TreeSet<>();
            json.fieldNames().forEachRemaining(names::add);
            assertEquals(new TreeSet<>(keys(benchmark)), names);
            json.properties().forEach(field -> assertTrue(
                    !field.getValue().isNumber() || field.getValue().asDouble() >= 0 || field.getKey().startsWith("peak"),
                    field.toString()));
        }
    }

    @Test
    void namesAreThoseAPersonTypes() {
        assertEquals("worker-start", Benchmark.WORKER_START.toString());
    }

    @Test
    void measuresWhatIsAskedForAlone() {
        BenchScale one = new BenchScale(true, 0, Set.of("resnet9"), Set.of(Precision.FLOAT32));
        assertEquals(1, BenchCommand.measure(Benchmark.SIMCLR_STEP, 1, one).size());
        assertEquals(3, new BenchScale(false, 3, Set.of(), Set.of()).times(10));
        assertEquals(10, BenchScale.whole(false).times(10));
    }

    private static int results(Benchmark benchmark) {
        return switch (benchmark) {
            case SIMCLR_STEP -> 6;
            case FORWARD -> 3;
            case AUGMENT, SHARDS -> 2;
            case TRAIN_EPOCH, KNN, LAYERMEM, UNITMEM, SHARED_PASS, UNITMEM_MEMORY, WORKER_START -> 1;
        };
    }

    private static Set<String> keys(Benchmark benchmark) {
        return switch (benchmark) {
            case SIMCLR_STEP -> Set.of(
                    "network", "precision", "batch", "threads", "secondsPerStep", "imagesPerSecond", "cpuSecondsPerStep", "peakResidentBytes",
                    "engine");
            case TRAIN_EPOCH -> Set.of(
                    "network", "images", "batch", "threads", "imagesPerSecond", "cpuSecondsPerImage", "inputShare");
            case AUGMENT -> Set.of("imageSide", "side", "batch", "threads", "viewsPerSecond", "cpuMicrosecondsPerView");
            case FORWARD -> Set.of(
                    "network", "side", "batch", "threads", "secondsPerPass", "imagesPerSecond", "cpuSecondsPerPass");
            case KNN -> Set.of("setting", "seconds", "cpuSeconds", "productSeconds", "gigaflops");
            case LAYERMEM, UNITMEM -> Set.of(
                    "images", "views", "threads", "imagesPerSecond", "bareImagesPerSecond", "dividedImagesPerSecond", "ratio",
                    "ratioWithoutViews", "cpuRatio", "cpuRatioWithoutViews");
            case UNITMEM_MEMORY -> Set.of(
                    "network", "others", "images", "units", "idleResidentBytes", "peakResidentBytes", "stateBytes", "saveSeconds",
                    "nanosecondsPerValue");
            case SHARED_PASS -> Set.of("images", "views", "threads", "apartImagesPerSecond", "togetherImagesPerSecond", "ratio", "cpuRatio");
            case SHARDS -> Set.of(
                    "shards", "images", "views", "seconds", "cpuSeconds", "startCpuSeconds", "mergeSeconds", "efficiency", "cpuRatio");
            case WORKER_START -> Set.of("seconds", "jvmSeconds", "engineSeconds", "firstOperationSeconds");
        };
    }
}
