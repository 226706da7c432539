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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The part of the attack that costs: for every {@link AttackUnit}, the public images nearest to each crop. After each unit the
 * run can be taken up from there.
 */
final class NeighborSearch {
    /** The encoders of the pair and its replicates. */
    @FunctionalInterface
    interface Encoders {
        /** @param pair 0 for the attacked pair, 1 and on for its replicates */
        FeatureSource open(int pair, Side side) throws IOException;
    }

    private final RunContext run;
    private final List<AttackPlan> plans;
    private final boolean cosine;
    private final Encoders encoders;
    private final List<AttackUnit> units;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final AttackProgress progress;

    /**
     * @param plans of the pair and its replicates
     * @param units what is to be searched, those of one pair and encoder side by side
     */
    NeighborSearch(
            RunContext run, List<AttackPlan> plans, List<AttackUnit> units, boolean cosine, Encoders encoders) {
        this.run = run;
        this.plans = plans;
        this.cosine = cosine;
        this.encoders = encoders;
        this.units = units;
        this.progress = new AttackProgress(run, images());
    }

    /** Every public image once an encoder, every attacked one twice: when it is embedded, and when its neighbours are found. */
    private long images() {
        long attacked = units.stream()
                .mapToLong(unit -> 2L * plans.get(unit.pair()).attacked(unit.crop(), unit.direction()).crops().size())
                .sum();
        return attacked
                + units.stream()
                        .map(unit -> Map.entry(unit.pair(), unit.encoder()))
                        .distinct()
                        .mapToLong(encoder -> plans.get(encoder.getKey()).publicIndices().length)
                        .sum();
    }

    /** The files of all units by name, in the run's scratch directory. */
    Map<String, Path> search() throws IOException {
        int done = takeUpAgain();
        for (int pair = 0; pair < plans.size(); pair++) {
            for (Side encoder : Side.values()) {
                search(pair, encoder, done);
            }
        }
        return files;
    }

    private void search(int pair, Side encoder, int done) throws IOException {
        List<AttackUnit> own = units.stream()
                .filter(unit -> unit.pair() == pair && unit.encoder() == encoder)
                .toList();
        if (own.isEmpty()) {
            return;
        }
        int before = Math.clamp(done - units.indexOf(own.getFirst()), 0, own.size());
        List<AttackUnit> left = own.subList(before, own.size());
        skipProgress(own.subList(0, before), left.isEmpty());
        if (!left.isEmpty()) {
            search(plans.get(pair), left);
        }
    }

    /** How many units earlier attempts have done. */
    private int takeUpAgain() throws IOException {
        var point = run.resumePoint();
        if (point.isEmpty()) {
            return 0;
        }
        int done = Math.toIntExact(point.get().step());
        for (AttackUnit unit : units.subList(0, done)) {
            for (String name : fileNames(unit)) {
                Path copy = run.scratch().resolve(name);
                Files.copy(point.get().directory().resolve(name), copy);
                files.put(name, copy);
            }
        }
        return done;
    }

    /** What earlier attempts have done counts as done. */
    private void skipProgress(List<AttackUnit> done, boolean complete) {
        if (done.isEmpty()) {
            return;
        }
        AttackPlan plan = plans.get(done.getFirst().pair());
        long images = done.stream()
                .mapToLong(unit -> 2L * plan.attacked(unit.crop(), unit.direction()).crops().size())
                .sum();
        progress.add(images + (complete ? plan.publicIndices().length : 0));
    }

    private void search(AttackPlan plan, List<AttackUnit> left) throws IOException {
        AttackUnit first = left.getFirst();
        List<Optional<ExactKnn>> indexes = new ArrayList<>();
        try (FeatureSource features = encoders.open(first.pair(), first.encoder())) {
            progress.stage("embedding the public set with " + describe(first));
            for (FeatureMatrix cut : features.whole(plan.images(), plan.publicIndices(), progress::add)) {
                indexes.add(plan.isLogits(indexes.size())
                        ? Optional.empty()
                        : Optional.of(new ExactKnn(comparable(first, cut), run.threads())));
            }
            for (AttackUnit unit : left) {
                search(plan, unit, features, indexes);
            }
        } finally {
            indexes.forEach(index -> index.ifPresent(ExactKnn::close));
        }
    }

    private void search(AttackPlan plan, AttackUnit unit, FeatureSource features, List<Optional<ExactKnn>> indexes)
            throws IOException {
        CropSelection crops = plan.attacked(unit.crop(), unit.direction()).crops();
        progress.stage("attacking %s images from %s with %s".formatted(
                unit.direction().key(), CropSpecs.describe(plan.crops().get(unit.crop())), describe(unit)));
        List<FeatureMatrix> queries = features.crops(plan.images(), crops, progress::add);
        SearchedImages searched = new SearchedImages(progress, crops.size(), queries.size());
        int[] publicIds = plan.images().ids(plan.publicIndices());
        int[] ids = plan.images().ids(crops.indices());
        for (int cut = 0; cut < queries.size(); cut++) {
            String name = plan.fileName(unit, cut);
            Path file = run.scratch().resolve(name);
            FeatureMatrix asked = finite(unit, queries.get(cut));
            ExactKnn.Progress hears = searched.of(cut);
            if (indexes.get(cut).isPresent()) {
                Neighbors found = indexes.get(cut).get().search(comparable(unit, asked), plan.k(), hears);
                NeighborTable.of(ids, found, publicIds).write(file);
            } else {
                LogitTable.write(file, ids, asked);
                hears.compared(1, 1);
            }
            files.put(name, file);
        }
        run.saveResumePoint(units.indexOf(unit) + 1L, files);
        run.checkStop();
    }

    private List<String> fileNames(AttackUnit unit) {
        AttackPlan plan = plans.get(unit.pair());
        return IntStream.range(0, plan.cuts().size())
                .mapToObj(cut -> plan.fileName(unit, cut))
                .toList();
    }

    private static String describe(AttackUnit unit) {
        return unit.encoder().key() + (unit.pair() == 0 ? "" : " of replicate " + unit.pair());
    }

    private FeatureMatrix comparable(AttackUnit unit, FeatureMatrix features) {
        FeatureMatrix sound = finite(unit, features);
        return cosine ? sound.normalized() : sound;
    }

    private static FeatureMatrix finite(AttackUnit unit, FeatureMatrix features) {
        if (features.firstNotFinite() >= 0) {
            throw new RunFailure(
                    RunError.Category.DIVERGED,
                    "encoder %s gives features that are not finite: its weights are broken".formatted(describe(unit)),
                    0,
                    false);
        }
        return features;
    }

    /** Turns compared pairs into images: those of a cut are a share of the unit's. */
    private static final class SearchedImages {
        private final AttackProgress progress;
        private final long images;
        private final int cuts;
        private long told;

        SearchedImages(AttackProgress progress, long images, int cuts) {
            this.progress = progress;
            this.images = images;
            this.cuts = cuts;
        }

        ExactKnn.Progress of(int cut) {
            return (done, total) -> {
                long searched = (images * cut + images * done / total) / cuts;
                progress.add(searched - told);
                told = searched;
            };
        }
    }
}
