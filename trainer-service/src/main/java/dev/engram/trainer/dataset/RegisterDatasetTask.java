package dev.engram.trainer.dataset;

import dev.engram.encoders.data.CorruptFileException;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Packs images and labels from where they are into one verified file, and says what is in it. */
public final class RegisterDatasetTask implements RunTask {
    private static final int LONGEST_NAME = 100;
    private static final int FEWEST_COMPOSED = 100;
    private static final int MOST_COMPOSED = 10_000;

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.REGISTER_DATASET;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        RegisterDatasetSpec dataset = spec.getRegisterDataset();
        String name = dataset.getDisplayName();
        violations.require(!name.isBlank(), "spec.display_name", "is required");
        violations.require(
                name.length() <= LONGEST_NAME,
                "spec.display_name",
                "must be at most %d characters, is %d".formatted(LONGEST_NAME, name.length()));
        switch (dataset.getSourceCase()) {
            case BUNDLED -> violations.require(
                    DatasetSources.bundled().contains(dataset.getBundled().getId()),
                    "spec.bundled.id",
                    "must be one of %s, is \"%s\""
                            .formatted(String.join(", ", DatasetSources.bundled()), dataset.getBundled().getId()));
            case IDX -> {
                requirePath(dataset.getIdx().getImages(), "spec.idx.images", violations);
                requirePath(dataset.getIdx().getLabels(), "spec.idx.labels", violations);
            }
            case CIFAR10 -> requirePath(dataset.getCifar10().getPath(), "spec.cifar10.path", violations);
            case COMPOSED -> {
                int images = dataset.getComposed().getImages();
                violations.require(
                        images >= FEWEST_COMPOSED && images <= MOST_COMPOSED,
                        "spec.composed.images",
                        "must be %d to %d, is %d".formatted(FEWEST_COMPOSED, MOST_COMPOSED, images));
            }
            case CIFAR100, IMAGE_FOLDER, TINY_IMAGE_NET, WEB_DATASET, DERIVED ->
                violations.add("spec.source", "must be one of bundled, idx, cifar10, composed in this version");
            case SOURCE_NOT_SET -> violations.add("spec.source", "is required: one of bundled, idx, cifar10, composed");
        }
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return List.of();
    }

    @Override
    public void execute(RunContext run) throws IOException {
        run.progress("reading images", 0, 0, "image", Map.of());
        ImageSet set = read(run.spec().getRegisterDataset());
        run.checkStop();
        run.progress("packing", 0, set.size(), "image", Map.of());
        Path images = run.scratch().resolve(ImageSetFile.FILE_NAME);
        ImageSetFile.write(set, images);
        Path summary = SummaryFile.write(summary(set), run.scratch());
        run.checkStop();
        run.publish("dataset", "dataset", Map.of(ImageSetFile.FILE_NAME, images, SummaryFile.NAME, summary));
        run.progress("packing", set.size(), set.size(), "image", Map.of());
        run.log(LogEntry.Severity.INFO, "packed " + set + ", digest " + set.digest());
    }

    private static ImageSet read(RegisterDatasetSpec spec) throws IOException {
        try {
            return DatasetSources.read(spec);
        } catch (NoSuchFileException e) {
            throw new RunFailure(
                    dev.engram.v1.RunError.Category.INVALID_SPEC, "no such file: " + e.getFile(), 0, false, e);
        } catch (CorruptFileException e) {
            throw new RunFailure(dev.engram.v1.RunError.Category.INVALID_SPEC, e.getMessage(), 0, false, e);
        }
    }

    private static DatasetSummary summary(ImageSet set) {
        boolean boxes = true;
        for (int i = 0; i < set.size() && boxes; i++) {
            boxes = !set.boxes(i).isEmpty();
        }
        return DatasetSummary.newBuilder()
                .setImages(set.size())
                .setChannels(set.shape().channels())
                .setHeight(set.shape().height())
                .setWidth(set.shape().width())
                .addAllClassNames(set.classNames())
                .setDigest(set.digest())
                .setBoxes(boxes)
                .build();
    }

    private static void requirePath(String path, String field, FieldViolations violations) {
        if (path.isBlank()) {
            violations.add(field, "is required");
            return;
        }
        try {
            violations.require(Path.of(path).isAbsolute(), field, "must be an absolute path, is \"" + path + "\"");
        } catch (java.nio.file.InvalidPathException e) {
            violations.add(field, "is not a path: " + e.getReason());
        }
    }
}
