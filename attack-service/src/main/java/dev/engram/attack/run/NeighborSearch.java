package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.attack.run.Direction.Side;
import dev.engram.encoders.eval.ExactKnn;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.Neighbors;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.RunError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of the attack that costs: for every {@link AttackUnit}, the public images nearest to each crop. After each unit the
 * run can be taken up from there.
 */
final class NeighborSearch {
    /** The two encoders of the pair. */
    @FunctionalInterface
    interface Encoders {
        FeatureSource open(Side side) throws IOException;
    }

    private final RunContext run;
    private final AttackPlan plan;
    private final boolean cosine;
    private final Encoders encoders;
    private final List<AttackUnit> units;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final AttackProgress progress;

    NeighborSearch(RunContext run, AttackPlan plan, boolean cosine, Encoders encoders) {
        this.run = run;
        this.plan = plan;
        this.cosine = cosine;
        this.encoders = encoders;
        this.units = AttackUnit.of(plan.crops().size());
        long images = plan.publicIndices().length + 2L * plan.attackedImages();
        this.progress = new AttackProgress(run, Side.values().length * images);
    }

    /** The files of all units by name, in the run's scratch directory. */
    Map<String, Path> search() throws IOException {
        takeUpAgain();
        for (Side encoder : Side.values()) {
            List<AttackUnit> left = units.stream()
                    .skip(files.size())
                    .filter(unit -> unit.encoder() == encoder)
                    .toList();
            long before = units.stream().limit(files.size()).filter(unit -> unit.encoder() == encoder).count();
            skipProgress(encoder, before, left.isEmpty());
            if (!left.isEmpty()) {
                search(encoder, left);
            }
        }
        return files;
    }

    private void takeUpAgain() throws IOException {
        var point = run.resumePoint();
        if (point.isEmpty()) {
            return;
        }
        for (AttackUnit unit : units.subList(0, Math.toIntExact(point.get().step()))) {
            Path copy = run.scratch().resolve(unit.fileName());
            Files.copy(point.get().directory().resolve(unit.fileName()), copy);
            files.put(unit.fileName(), copy);
        }
    }

    /** What earlier attempts have done counts as done. */
    private void skipProgress(Side encoder, long doneUnits, boolean complete) {
        long images = units.stream()
                .filter(unit -> unit.encoder() == encoder)
                .limit(doneUnits)
                .mapToLong(unit -> 2L * plan.attacked(unit.crop(), unit.direction()).crops().size())
                .sum();
        progress.add(images + (complete ? plan.publicIndices().length : 0));
    }

    private void search(Side encoder, List<AttackUnit> left) throws IOException {
        try (FeatureSource features = encoders.open(encoder)) {
            progress.stage("embedding the public set with " + encoder.key());
            FeatureMatrix index = comparable(
                    encoder, features.whole(plan.images(), plan.publicIndices(), progress::add));
            try (ExactKnn knn = new ExactKnn(index, run.threads())) {
                for (AttackUnit unit : left) {
                    search(unit, features, knn);
                }
            }
        }
    }

    private void search(AttackUnit unit, FeatureSource features, ExactKnn knn) throws IOException {
        CropSelection crops = plan.attacked(unit.crop(), unit.direction()).crops();
        progress.stage("attacking %s images from %s with %s".formatted(
                unit.direction().key(), CropSpecs.describe(plan.crops().get(unit.crop())), unit.encoder().key()));
        FeatureMatrix queries = comparable(unit.encoder(), features.crops(plan.images(), crops, progress::add));
        SearchedImages searched = new SearchedImages(progress, crops.size());
        Neighbors found = knn.search(queries, plan.k(), searched);
        int[] publicIds = plan.images().ids(plan.publicIndices());
        Path file = run.scratch().resolve(unit.fileName());
        NeighborTable.of(plan.images().ids(crops.indices()), found, publicIds).write(file);
        files.put(unit.fileName(), file);
        run.saveResumePoint(files.size(), files);
        run.checkStop();
    }

    private FeatureMatrix comparable(Side encoder, FeatureMatrix features) {
        if (features.firstNotFinite() >= 0) {
            throw new RunFailure(
                    RunError.Category.DIVERGED,
                    "encoder %s gives features that are not finite: its weights are broken".formatted(encoder.key()),
                    0,
                    false);
        }
        return cosine ? features.normalized() : features;
    }

    /** Turns compared pairs into images. */
    private static final class SearchedImages implements ExactKnn.Progress {
        private final AttackProgress progress;
        private final long images;
        private long told;

        SearchedImages(AttackProgress progress, long images) {
            this.progress = progress;
            this.images = images;
        }

        @Override
        public void compared(long done, long total) {
            long searched = images * done / total;
            progress.add(searched - told);
            told = searched;
        }
    }
}
