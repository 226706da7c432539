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
import java.util.stream.Collectors;

/** Draws the parts that make two encoders comparable, verifies them, and reports images that are equal. */
public final class CreateSplitTask implements RunTask {
    private static final int CLASSES_NAMED = 5;

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
            NearDuplicateSearch near = new NearDuplicateSearch(run, images, drawn);
            near.search(spec.getNearDuplicates());
            split = near.split();
            files.put(NearDuplicateSearch.FILE_NAME, near.write(run.scratch()));
            summary.setNearDuplicates(near.count())
                    .setNearDuplicatesLeftOut(spec.getNearDuplicates().getRemove())
                    .setNearDuplicatesReplaced(near.replaced());
            if (spec.getMakerCase() == CreateSplitSpec.MakerCase.MAKER_NOT_SET) {
                summary.setPublicSetMissing(missing(run, near.missing(), images.classNames()));
            }
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
                .formatted(
                        split,
                        drawn.leftOut(),
                        summary.getNearDuplicates(),
                        summary.getNearDuplicatesLeftOut() ? ", left out, %d others in their places".formatted(summary.getNearDuplicatesReplaced()) : ""));
    }

    /** Warns of public images that were asked for and are not there; their number. */
    private static int missing(RunContext run, Map<Integer, Integer> byLabel, List<String> classNames) {
        int all = byLabel.values().stream().mapToInt(Integer::intValue).sum();
        if (all > 0) {
            run.log(LogEntry.Severity.WARNING, "the public set is %d images smaller than asked for: no image that is near no training image is left of %s"
                    .formatted(all, byLabel.entrySet().stream()
                            .limit(CLASSES_NAMED)
                            .map(missing -> "class %d (%s), %d missing".formatted(missing.getKey(), classNames.get(missing.getKey()), missing.getValue()))
                            .collect(Collectors.joining("; ", "", byLabel.size() > CLASSES_NAMED ? "; and %d classes more".formatted(byLabel.size() - CLASSES_NAMED) : ""))));
        }
        return all;
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
