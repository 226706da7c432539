package dev.engram.encoders.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.train.TrainedEncoder;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of torchvision and timm become encoders that answer as the models do; see {@code src/test/oracle/import_samples.py}. */
class EncoderImportTest {
    private static final AugmentationRecipe VIEWS = AugmentationRecipe.named("simclr-normal").with(Normalization.IMAGENET);
    private static final Map<String, String> HEADS = Map.of("heads", "3");

    @TempDir
    private Path folder;

    @Test
    void aResNetOfMoCoIsFoundUnderItsPrefixAndAnswersAsInTorchvision() throws Exception {
        try (WeightsFile file = open("moco-resnet18.pth.tar")) {
            ImportPlan plan = ImportPlan.of(file, ImportQuestion.open());
            StateMatch match = plan.match().orElseThrow();

            assertEquals("resnet18", match.network().name());
            assertEquals("state_dict", plan.state().container());
            assertEquals("module.encoder_q.", match.prefix());
            assertTrue(match.isStrict(), match.missing() + " " + match.mismatched() + " " + match.unexpected());
            assertEquals(2, match.heads().size());
            assertEquals(7, match.outside().size());
            check(plan, "moco-resnet18.pth.tar");
        }
    }

    @Test
    void aViTOfTimmIsFoundWithWidthDepthAndPatches() throws Exception {
        try (WeightsFile file = open("vit-timm.pth")) {
            ImportPlan plan = ImportPlan.of(file, ImportQuestion.open());
            StateMatch match = plan.match().orElseThrow();

            assertTrue(match.network().name().startsWith("vit_"), match.network().name());
            assertEquals("24", match.network().options().get("width"));
            assertEquals("2", match.network().options().get("depth"));
            assertEquals("8", match.network().options().get("patch"));
            assertTrue(match.isStrict(), match.missing() + " " + match.mismatched() + " " + match.unexpected());
            assertTrue(plan.notes().stream().anyMatch(note -> note.contains("attention heads")), plan.notes().toString());
        }
        try (WeightsFile file = open("vit-timm.pth")) {
            check(ImportPlan.of(file, ImportQuestion.open().of("vit_tiny", HEADS, 0)), "vit-timm.pth");
        }
    }

    @Test
    void halfPrecisionInALegacyFileIsWidened() throws Exception {
        try (WeightsFile file = open("vit-half.pth")) {
            ImportPlan plan = ImportPlan.of(file, ImportQuestion.open().of("vit_tiny", HEADS, 0));

            assertTrue(plan.notes().stream().anyMatch(note -> note.contains("F16")), plan.notes().toString());
            check(plan, "vit-half.pth");
        }
    }

    @Test
    void aProjectorIsReadOffItsNamesAndShapes() throws Exception {
        try (WeightsFile file = open("vit-with-projector.pth")) {
            ImportPlan plan = ImportPlan.of(file, new ImportQuestion("", Optional.empty(), "projector.layers.", "vit_tiny", HEADS, 0));

            assertEquals(List.of(16, 8), plan.projector().orElseThrow().widths());
            assertTrue(plan.match().orElseThrow().outside().isEmpty());
            assertEquals("backbone.", plan.match().orElseThrow().prefix());
            check(plan, "vit-with-projector.pth");
        }
    }

    @Test
    void whatDoesNotFitIsListed() throws Exception {
        try (WeightsFile file = open("vit-timm.pth")) {
            StateMatch resnet = ImportPlan.of(file, ImportQuestion.open().of("resnet18", Map.of(), 0)).match().orElseThrow();
            assertFalse(resnet.isStrict());
            assertEquals(0, resnet.loaded().size());
            assertTrue(resnet.missing().size() > 50);

            StateMatch larger = ImportPlan.of(file, ImportQuestion.open().of("vit_tiny", Map.of("heads", "3", "depth", "3"), 0)).match().orElseThrow();
            assertFalse(larger.isStrict());
            assertTrue(larger.missing().stream().allMatch(place -> place.name().startsWith("blocks.2.")), larger.missing().toString());

            StateMatch wider = ImportPlan.of(file, ImportQuestion.open().of("vit_tiny", Map.of("heads", "3", "width", "48"), 0)).match().orElseThrow();
            assertTrue(wider.mismatched().stream().anyMatch(match -> match.tensor().name().equals("norm.weight")));
        }
    }

    @Test
    void whatIsNotThereIsNamedWithWhatIs() throws Exception {
        try (WeightsFile file = open("moco-resnet18.pth.tar")) {
            var noContainer = new ImportQuestion("teacher", Optional.empty(), "", "", Map.of(), 0);
            var refused = assertThrows(IllegalArgumentException.class, () -> ImportPlan.of(file, noContainer));
            assertEquals("reading.container: there is no \"teacher\"; there are \"state_dict\"", refused.getMessage());

            var noNetwork = ImportQuestion.open().of("resnet17", Map.of(), 0);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> ImportPlan.of(file, noNetwork)).getMessage().contains("resnet17"));
        }
    }

    private void check(ImportPlan plan, String name) throws Exception {
        new EncoderImport(plan).write(folder, VIEWS, Map.of(), (done, all) -> {});
        JsonNode answer = answers().get(name);
        int side = answer.get("side").intValue();
        try (TrainedEncoder encoder = TrainedEncoder.read(folder); Scope scope = Scope.open()) {
            assertEquals(Normalization.IMAGENET, encoder.identity().normalization());
            Network network = encoder.model();
            float[] output;
            try (Evaluation forward = Evaluation.of(network)) {
                Tensor embedding = forward.run(scope, encoder.state(), images(scope, 2, side)).output();
                output = embedding.floats();
            }
            JsonNode expected = answer.get("output");
            int step = output.length / expected.size();
            double largest = 0;
            double difference = 0;
            for (int i = 0; i < expected.size(); i++) {
                largest = Math.max(largest, Math.abs(expected.get(i).doubleValue()));
                difference = Math.max(difference, Math.abs(expected.get(i).doubleValue() - output[i * step]));
            }
            assertTrue(difference <= 1e-5 * largest, name + " differs by " + difference / largest);
        }
    }

    /** x[n, c, i, j] = sin(n + 2 c + 0.3 i + 0.7 j). */
    private static Tensor images(Scope scope, int count, int side) {
        float[] values = new float[count * 3 * side * side];
        int at = 0;
        for (int n = 0; n < count; n++) {
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < side; i++) {
                    for (int j = 0; j < side; j++) {
                        values[at++] = (float) Math.sin(n + 2.0 * c + 0.3 * i + 0.7 * j);
                    }
                }
            }
        }
        return scope.floats(values, count, 3, side, side);
    }

    private static WeightsFile open(String name) throws Exception {
        try (InputStream in = EncoderImportTest.class.getResourceAsStream(name)) {
            return WeightsFile.of(name, in.readAllBytes());
        }
    }

    private static JsonNode answers() throws Exception {
        try (InputStream in = EncoderImportTest.class.getResourceAsStream("answers.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
