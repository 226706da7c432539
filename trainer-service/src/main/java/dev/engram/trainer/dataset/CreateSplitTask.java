package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.PublishedLayout;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitMaker;
import dev.engram.encoders.data.SplitVerifier;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SplitSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
        SplitRules.check(spec.getCreateSplit(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        CreateSplitSpec split = spec.getCreateSplit();
        String encoder = split.getNearDuplicates().getEncoder();
        return encoder.isEmpty() ? List.of(split.getDataset()) : List.of(split.getDataset(), encoder);
    }

    @Override
    public void execute(RunContext run) throws IOException {
        CreateSplitSpec spec = run.spec().getCreateSplit();
        run.progress("drawing the split", 0, 0, "image", Map.of());
        ImageSet images = Inputs.images(run, spec.getDataset());
        run.checkStop();
        SplitMaker.Drawn drawn = SplitDrawing.draw(run, spec, images);
        Split split = drawn.split();
        SplitSummary.Builder summary = SplitSummary.newBuilder().setDuplicatesLeftOut(drawn.leftOut());
        Map<String, Path> files = new LinkedHashMap<>();
        if (spec.hasNearDuplicates()) {
            NearDuplicateSearch near = new NearDuplicateSearch(run, images, split);
            near.search(spec.getNearDuplicates());
            split = spec.getNearDuplicates().getRemove() ? near.without(split) : split;
            files.put(NearDuplicateSearch.FILE_NAME, near.write(run.scratch()));
            summary.setNearDuplicates(near.count()).setNearDuplicatesLeftOut(spec.getNearDuplicates().getRemove());
        }
        SplitVerifier.verify(split, images);
        run.checkStop();
        files.put(Split.FILE_NAME, Files.write(run.scratch().resolve(Split.FILE_NAME), split.toJson()));
        files.put(DuplicatesReport.FILE_NAME, DuplicatesReport.write(drawn.duplicates(), images, run.scratch()));
        files.put(SplitClasses.FILE_NAME, SplitClasses.write(split, images, run.scratch()));
        files.putAll(PublishedLayout.write(split, images, run.scratch()));
        files.put(SummaryFile.NAME, SummaryFile.write(describe(summary, split, images), run.scratch()));
        run.publish("split", "split", files);
        run.log(LogEntry.Severity.INFO, "drew %s; %d images left out because an equal one had a part; %d public images near a training image%s"
                .formatted(split, drawn.leftOut(), summary.getNearDuplicates(), summary.getNearDuplicatesLeftOut() ? ", left out" : ""));
    }

    private static SplitSummary describe(SplitSummary.Builder summary, Split split, ImageSet images) {
        return summary.setDigest(split.digest())
                .setShared(split.size(Part.SHARED))
                .setCandidate(split.size(Part.CANDIDATE))
                .setIndependent(split.size(Part.INDEPENDENT))
                .setExternal(split.size(Part.EXTERNAL))
                .setPublicSet(split.size(Part.PUBLIC))
                .setAttackedClasses((int) Arrays.stream(images.labels(split.indices(Part.CANDIDATE))).distinct().count())
                .build();
    }
}
