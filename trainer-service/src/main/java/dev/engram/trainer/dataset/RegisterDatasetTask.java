package dev.engram.trainer.dataset;

import dev.engram.encoders.data.Duplicates;
import dev.engram.encoders.data.EmptySourceException;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.ImageSetWriter;
import dev.engram.encoders.data.ImageSource;
import dev.engram.encoders.data.NoisyImages;
import dev.engram.encoders.data.UnfitSourceException;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Packs images and labels from where they are into verified files, image by image, and says what is in them. */
public final class RegisterDatasetTask implements RunTask {
    private final long shardBytes;

    public RegisterDatasetTask() {
        this(ImageSetWriter.SHARD_BYTES);
    }

    RegisterDatasetTask(long shardBytes) {
        this.shardBytes = shardBytes;
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.REGISTER_DATASET;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        SourceRules.check(spec.getRegisterDataset(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        RegisterDatasetSpec dataset = spec.getRegisterDataset();
        return dataset.hasDerived() ? List.of(dataset.getDerived().getDataset()) : List.of();
    }

    @Override
    public void execute(RunContext run) throws IOException {
        try {
            register(run);
        } catch (NoSuchFileException e) {
            throw refused("no such file: " + e.getFile(), e);
        } catch (AccessDeniedException e) {
            throw refused("may not be read: " + e.getFile() + (e.getReason() == null ? "" : ": " + e.getReason()), e);
        } catch (CorruptFileException | EmptySourceException | UnfitSourceException e) {
            throw refused(e.getMessage(), e);
        }
    }

    private void register(RunContext run) throws IOException {
        RegisterDatasetSpec spec = run.spec().getRegisterDataset();
        run.progress("reading images", 0, 0, "image", Map.of());
        run.checkStop();
        try (SourceFiles places = new SourceFiles(run);
                UnreadableFiles unreadable = new UnreadableFiles(run, spec.getUnreadable())) {
            ImageSource source = new DatasetSources(run, places).open(spec);
            try (Packing packing = new Packing(run, unreadable, shardBytes, source.expected())) {
                List<String> classNames = source.read(packing);
                requireImages(packing.finish(), unreadable);
                Map<String, Path> files = new LinkedHashMap<>(packing.writer().finish(classNames));
                run.checkStop();
                publish(run, source, packing.writer(), unreadable, files);
            }
        }
    }

    private static void publish(
            RunContext run, ImageSource source, ImageSetWriter writer, UnreadableFiles unreadable, Map<String, Path> files)
            throws IOException {
        ImageSet set = ImageSetFile.open(files.get(ImageSetFile.FILE_NAME));
        run.progress("looking for equal images", set.size(), set.size(), "image", Map.of());
        Duplicates duplicates = Duplicates.of(set);
        DatasetSummary.Builder summary = DatasetSummaries.of(set, writer.moments(), duplicates);
        files.put(UnreadableFiles.FILE_NAME, unreadable.finish());
        files.put(DuplicatesReport.FILE_NAME, DuplicatesReport.write(duplicates, set, run.scratch()));
        if (source instanceof NoisyImages noisy) {
            summary.setNoisyInputs(noisy.noisyInputs().cardinality()).setNoisyLabels(noisy.noisyLabels().cardinality());
            files.put(NoiseReport.FILE_NAME, NoiseReport.write(noisy, set, run.scratch()));
        }
        summary.setUnreadableImages(unreadable.count()).addAllUnreadable(unreadable.first());
        files.put(SummaryFile.NAME, SummaryFile.write(summary.build(), run.scratch()));
        run.checkStop();
        run.publish("dataset", "dataset", files);
        run.progress("packing", set.size(), set.size(), "image", Map.of());
        run.log(LogEntry.Severity.INFO, "packed %s, digest %s; %d groups of equal images, %d of them with different labels".formatted(
                set, set.digest(), summary.getDuplicateGroups(), summary.getDuplicateGroupsAcrossLabels()));
    }

    private static void requireImages(int images, UnreadableFiles unreadable) {
        if (images == 0) {
            throw RunFailure.invalidSpec(unreadable.count() == 0
                    ? "the source holds no image"
                    : "none of %d images can be read; the first: %s %s".formatted(
                            unreadable.count(), unreadable.first().getFirst().getFile(), unreadable.first().getFirst().getReason()));
        }
    }

    private static RunFailure refused(String message, Exception cause) {
        return new RunFailure(RunError.Category.INVALID_SPEC, message, 0, false, cause);
    }
}
