package dev.engram.trainer.dataset;

import dev.engram.encoders.data.Geometry;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.ResourceFields;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.DerivedSource;
import dev.engram.v1.ImageFolderSource;
import dev.engram.v1.RegisterDatasetSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of a data set's spec before any file is looked at. */
final class SourceRules {
    private static final int LONGEST_NAME = 100;
    private static final int FEWEST_COMPOSED = 100;
    private static final int MOST_COMPOSED = 10_000;
    private static final int MOST_REPEATS = 16;
    private static final int LARGEST_REPEAT = 100;
    private static final int MOST_CLASSES = 100_000;

    private final RegisterDatasetSpec spec;
    private final FieldViolations violations;

    private SourceRules(RegisterDatasetSpec spec, FieldViolations violations) {
        this.spec = spec;
        this.violations = violations;
    }

    static void check(RegisterDatasetSpec spec, FieldViolations violations) {
        SourceRules rules = new SourceRules(spec, violations);
        rules.name();
        rules.source();
        rules.geometry();
    }

    private void name() {
        String name = spec.getDisplayName();
        violations.require(!name.isBlank(), "spec.display_name", "is required");
        violations.require(
                name.length() <= LONGEST_NAME,
                "spec.display_name",
                "must be at most %d characters, is %d".formatted(LONGEST_NAME, name.length()));
    }

    private void source() {
        switch (spec.getSourceCase()) {
            case BUNDLED -> violations.require(
                    DatasetSources.bundled().contains(spec.getBundled().getId()),
                    "spec.bundled.id",
                    "must be one of %s, is \"%s\""
                            .formatted(String.join(", ", DatasetSources.bundled()), spec.getBundled().getId()));
            case IDX -> {
                place(spec.getIdx().getImages(), "spec.idx.images");
                place(spec.getIdx().getLabels(), "spec.idx.labels");
                classNames(spec.getIdx().getClassNamesList(), "spec.idx.class_names");
            }
            case CIFAR10 -> place(spec.getCifar10().getPath(), "spec.cifar10.path");
            case CIFAR100 -> place(spec.getCifar100().getPath(), "spec.cifar100.path");
            case COMPOSED -> composed(spec.getComposed());
            case IMAGE_FOLDER -> folder(spec.getImageFolder());
            case TINY_IMAGE_NET -> place(spec.getTinyImageNet().getPath(), "spec.tiny_image_net.path");
            case WEB_DATASET -> {
                place(spec.getWebDataset().getPath(), "spec.web_dataset.path");
                classNames(spec.getWebDataset().getClassNamesList(), "spec.web_dataset.class_names");
            }
            case DERIVED -> derived(spec.getDerived());
            case SOURCE_NOT_SET -> violations.add(
                    "spec.source",
                    "is required: one of bundled, idx, cifar10, cifar100, composed, image_folder, tiny_image_net, web_dataset, derived");
        }
    }

    private void composed(ComposedSource composed) {
        between(FEWEST_COMPOSED, MOST_COMPOSED, composed.getImages(), "spec.composed.images");
        share(composed.getCorrelation(), "spec.composed.correlation");
        violations.require(
                composed.getRepeatsCount() <= MOST_REPEATS,
                "spec.composed.repeats",
                "must be at most %d, are %d".formatted(MOST_REPEATS, composed.getRepeatsCount()));
        for (int i = 0; i < composed.getRepeatsCount(); i++) {
            between(1, LARGEST_REPEAT, composed.getRepeats(i), "spec.composed.repeats[%d]".formatted(i));
        }
    }

    private void folder(ImageFolderSource folder) {
        place(folder.getPath(), "spec.image_folder.path");
        if (!folder.getTable().isEmpty()) {
            place(folder.getTable(), "spec.image_folder.table");
        }
        if (folder.hasBoxes()) {
            switch (folder.getBoxes().getFormatCase()) {
                case VOC -> place(folder.getBoxes().getVoc(), "spec.image_folder.boxes.voc");
                case CSV -> place(folder.getBoxes().getCsv(), "spec.image_folder.boxes.csv");
                case FORMAT_NOT_SET -> violations.add("spec.image_folder.boxes.format", "is required: voc or csv");
            }
        }
    }

    private void derived(DerivedSource derived) {
        ResourceFields.require("datasets", derived.getDataset(), "spec.derived.dataset", violations);
        share(derived.getInputNoise(), "spec.derived.input_noise");
        share(derived.getLabelNoise(), "spec.derived.label_noise");
        violations.require(
                derived.getInputNoise() != 0 || derived.getLabelNoise() != 0,
                "spec.derived",
                "input_noise or label_noise must be more than 0");
        if (derived.hasOnly()) {
            long from = derived.getOnly().getFrom();
            long to = derived.getOnly().getTo();
            violations.require(
                    from >= 0 && to > from, "spec.derived.only", "needs 0 <= from < to, is %d … %d".formatted(from, to));
        }
        violations.require(!spec.hasGeometry(), "spec.geometry", "must be unset: the images of a derived set have their form");
    }

    private void geometry() {
        int side = spec.getGeometry().getSide();
        int resize = spec.getGeometry().getResize();
        if (side != 0) {
            between(Geometry.SMALLEST_SIDE, Geometry.LARGEST_SIDE, side, "spec.geometry.side");
        }
        violations.require(
                resize == 0 || resize >= side && resize <= 2 * Geometry.LARGEST_SIDE,
                "spec.geometry.resize",
                "must be %d to %d, or unset, is %d".formatted(side, 2 * Geometry.LARGEST_SIDE, resize));
    }

    private void place(String place, String field) {
        SourceFiles.require(place, field, violations);
    }

    private void classNames(List<String> names, String field) {
        Set<String> seen = new HashSet<>();
        violations.require(
                names.size() <= MOST_CLASSES, field, "must be at most %d, are %d".formatted(MOST_CLASSES, names.size()));
        for (int i = 0; i < names.size(); i++) {
            violations.require(
                    !names.get(i).isBlank() && seen.add(names.get(i)), "%s[%d]".formatted(field, i), "must be a name, each only once");
        }
    }

    private void share(double share, String field) {
        violations.require(share >= 0 && share <= 1, field, "must be 0 to 1, is " + share);
    }

    private void between(int least, int most, int value, String field) {
        violations.require(value >= least && value <= most, field, "must be %d to %d, is %d".formatted(least, most, value));
    }
}
