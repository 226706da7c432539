package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.InvalidSplitException;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitMaker;
import dev.engram.encoders.data.SplitSizes;
import dev.engram.encoders.data.SplitVerifier;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SplitSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Draws the parts that make two encoders comparable, verifies them, and reports images that are equal. */
public final class CreateSplitTask implements RunTask {
    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.CREATE_SPLIT;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        CreateSplitSpec split = spec.getCreateSplit();
        ResourceFields.require("datasets", split.getDataset(), "spec.dataset", violations);
        requireAtLeast(0, split.getShared(), "spec.shared", violations);
        requireAtLeast(2, split.getCandidate(), "spec.candidate", violations);
        violations.require(
                split.getIndependent() == split.getCandidate(),
                "spec.independent",
                "must be as many as candidate (%d), is %d".formatted(split.getCandidate(), split.getIndependent()));
        requireAtLeast(2, split.getExternal(), "spec.external", violations);
        requireAtLeast(0, split.getPublicSet(), "spec.public_set", violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return List.of(spec.getCreateSplit().getDataset());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        CreateSplitSpec spec = run.spec().getCreateSplit();
        run.progress("drawing the split", 0, 0, "image", Map.of());
        ImageSet images = InputFiles.images(run, spec.getDataset());
        run.checkStop();
        SplitMaker.Drawn drawn = draw(spec, images);
        Split split = drawn.split();
        SplitVerifier.verify(split, images);
        run.checkStop();
        Path file = Files.write(run.scratch().resolve(Split.FILE_NAME), split.toJson());
        Path duplicates = DuplicatesReport.write(drawn.duplicates(), images, run.scratch());
        Path summary = SummaryFile.write(summary(drawn), run.scratch());
        run.publish("split", "split", Map.of(
                Split.FILE_NAME, file, DuplicatesReport.FILE_NAME, duplicates, SummaryFile.NAME, summary));
        run.log(LogEntry.Severity.INFO, "drew %s; %d images left out because an equal one had a part"
                .formatted(split, drawn.leftOut()));
    }

    private static SplitMaker.Drawn draw(CreateSplitSpec spec, ImageSet images) {
        SplitSizes sizes = new SplitSizes(
                spec.getShared(), spec.getCandidate(), spec.getIndependent(), spec.getExternal(), spec.getPublicSet());
        try {
            return SplitMaker.draw(images, sizes, spec.getSeed(), SplitMaker.DuplicatePolicy.LEAVE_OUT);
        } catch (InvalidSplitException e) {
            throw RunFailure.invalidSpec("spec: " + e.getMessage());
        }
    }

    private static SplitSummary summary(SplitMaker.Drawn drawn) {
        Split split = drawn.split();
        return SplitSummary.newBuilder()
                .setDigest(split.digest())
                .setShared(split.size(Part.SHARED))
                .setCandidate(split.size(Part.CANDIDATE))
                .setIndependent(split.size(Part.INDEPENDENT))
                .setExternal(split.size(Part.EXTERNAL))
                .setPublicSet(split.size(Part.PUBLIC))
                .setDuplicatesLeftOut(drawn.leftOut())
                .build();
    }

    private static void requireAtLeast(int least, int value, String field, FieldViolations violations) {
        violations.require(value >= least, field, "must be at least %d, is %d".formatted(least, value));
    }
}
