package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.runs.RunFailure;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Splits that are not what they were when they were drawn. */
class InputFilesTest {
    @TempDir
    private Path folder;

    private FolderRun run;
    private ImageSet images;
    private Split drawn;

    @BeforeEach
    void draw() throws Exception {
        run = FolderRun.in(folder, "d", RunSpec.newBuilder().setRegisterDataset(SmallPair.dataset()).build())
                .execute(new RegisterDatasetTask())
                .next("s", RunSpec.newBuilder().setCreateSplit(SmallPair.split()).build())
                .execute(new CreateSplitTask());
        images = InputFiles.images(run, "datasets/d");
        drawn = InputFiles.split(run, "splits/s", images);
    }

    @Test
    void aSplitThatOverlapsIsRefusedWithTheImage() throws Exception {
        int shared = drawn.indices(Part.SHARED)[0];
        int[] candidates = drawn.indices(Part.CANDIDATE);
        candidates[3] = shared;
        assertDamaged(with(Part.CANDIDATE, candidates), "shared and candidate: image " + shared + " (images in more than one place)");
    }

    @Test
    void aSplitOfImagesThatAreNotThereIsRefused() throws Exception {
        int[] external = drawn.indices(Part.EXTERNAL);
        external[0] = images.size();
        assertDamaged(with(Part.EXTERNAL, external), "external: " + images.size());
    }

    @Test
    void aSplitOfAnotherDataSetIsRefused() throws Exception {
        assertDamaged(new Split("0".repeat(64), drawn.images(), drawn.seed(), parts()), "the split was made for " + "0".repeat(64));
    }

    private Split with(Part part, int[] indices) {
        Map<Part, int[]> parts = parts();
        parts.put(part, indices);
        return new Split(drawn.dataset(), drawn.images(), drawn.seed(), parts);
    }

    private Map<Part, int[]> parts() {
        Map<Part, int[]> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, drawn.indices(part).clone());
        }
        return parts;
    }

    private void assertDamaged(Split split, String problem) throws Exception {
        Files.write(run.artifact("split").resolve(Split.FILE_NAME), split.toJson());
        RunFailure refused = assertThrows(RunFailure.class, () -> InputFiles.split(run, "splits/s", images));
        assertEquals(RunError.Category.DATA_LOSS, refused.category());
        assertTrue(refused.getMessage().startsWith("splits/s: ") && refused.getMessage().contains(problem), refused.getMessage());
    }
}
