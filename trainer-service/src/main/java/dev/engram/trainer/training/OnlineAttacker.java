package dev.engram.trainer.training;

import dev.engram.encoders.augment.Corner;
import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.PeripheryCrop;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.eval.ExactKnn;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.MajorityVote;
import dev.engram.encoders.eval.Neighbors;
import dev.engram.encoders.features.CutFeatures;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.encoders.train.StepReport;
import dev.engram.v1.OnlineAttack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Attacks one encoder of a pair while it is trained, with the images only the other one sees in the place of a reference: what it names
 * better of its own is what it has learned by heart. C. Meehan et al., NeurIPS 2023, <a
 * href="https://arxiv.org/abs/2304.13850">arXiv:2304.13850</a>, watch their trainings so: raw features, L2, the mode of k = 20 neighbors, and its
 * votes as confidence. Always the same images; changes nothing in the training.
 *
 * <p>Cost of an attack: one forward pass a public image, member and non-member, and the exact search.
 */
final class OnlineAttacker implements AutoCloseable {
    private static final String PERIPHERY = "periphery";

    /** Crops whose labels are to be named. */
    private record Attacked(int[] indices, List<CropRectangle> crops) {}

    private final OnlineAttack attack;
    private final ImageSet images;
    private final int[] publicSet;
    private final Attacked members;
    private final Attacked others;
    private final int neighbors;
    private final int threads;
    private final CutFeatures features;

    /**
     * @param attack with every default filled in
     * @param own the part of the split that only this encoder is trained on
     * @param other the part that only the other one is
     * @param state of the training, as it goes on
     * @param seed of the choice of images
     * @throws IllegalArgumentException naming the field, if split, data set or network have not what is asked for
     */
    OnlineAttacker(
            OnlineAttack attack,
            ProjectedEncoder model,
            Normalization normalization,
            ImageSet images,
            Split split,
            Part own,
            Part other,
            StateDict state,
            long seed,
            int threads) {
        this.attack = attack;
        this.images = images;
        this.publicSet = Arrays.stream(shuffled(split.indices(Part.PUBLIC), seed, "attack public"))
                .limit(attack.getPublicImages())
                .toArray();
        this.neighbors = Math.min(attack.getK(), publicSet.length);
        this.members = attacked(split, own, seed);
        this.others = attacked(split, other, seed);
        this.threads = threads;
        List<String> cuts = List.of(attack.getCut());
        try {
            CutFeatures.check(model, !(model.projector() instanceof NoHead), false, cuts);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("online_attack.cut: " + e.getMessage(), e);
        }
        this.features = new CutFeatures(model, state, normalization, cuts);
    }

    /** Whether an attack is due after this step: at the end of every so many epochs, and at the very end. */
    boolean isDue(StepReport step) {
        return step.endsEpoch() && ((step.epoch() + 1) % attack.getEveryEpochs() == 0 || step.step() == step.totalSteps());
    }

    /** What is found now, by the names of the series; nothing while features are no numbers. */
    Map<String, Double> attack() {
        FeatureMatrix known = features.whole(images, publicSet, count -> {}).getFirst();
        FeatureMatrix ownCrops = features.crops(images, members.indices, members.crops, count -> {}).getFirst();
        FeatureMatrix otherCrops = features.crops(images, others.indices, others.crops, count -> {}).getFirst();
        if (known.firstNotFinite() >= 0 || ownCrops.firstNotFinite() >= 0 || otherCrops.firstNotFinite() >= 0) {
            return Map.of();
        }
        try (ExactKnn knn = new ExactKnn(known, threads)) {
            Votes own = votes(knn, ownCrops, members);
            Votes other = votes(knn, otherCrops, others);
            Map<String, Double> found = new LinkedHashMap<>();
            found.put("online_attack/members", own.accuracy);
            found.put("online_attack/non-members", other.accuracy);
            found.put("online_attack/difference", own.accuracy - other.accuracy);
            found.put("online_attack_confidence/members", own.confidence);
            found.put("online_attack_confidence/non-members", other.confidence);
            return found;
        }
    }

    @Override
    public void close() {
        features.close();
    }

    /** Shares of images named rightly, and of votes for the class named. */
    private record Votes(double accuracy, double confidence) {}

    private Votes votes(ExactKnn knn, FeatureMatrix crops, Attacked attacked) {
        Neighbors found = knn.search(crops, neighbors, (done, total) -> {});
        int[] labels = images.labels(publicSet);
        int right = 0;
        long votes = 0;
        for (int i = 0; i < attacked.indices.length; i++) {
            MajorityVote vote = MajorityVote.of(found.labels(i, labels));
            right += vote.label() == images.label(attacked.indices[i]) ? 1 : 0;
            votes += vote.votes();
        }
        double count = attacked.indices.length;
        return new Votes(right / count, votes / (count * neighbors));
    }

    /** The first images of the drawn order that have such a crop. */
    private Attacked attacked(Split split, Part part, long seed) {
        List<Integer> indices = new ArrayList<>();
        List<CropRectangle> crops = new ArrayList<>();
        for (int index : shuffled(split.indices(part), seed, "attack " + part.key())) {
            Optional<CropRectangle> crop = indices.size() < attack.getImages() ? crop(index) : Optional.empty();
            crop.ifPresent(rectangle -> {
                indices.add(index);
                crops.add(rectangle);
            });
        }
        if (indices.isEmpty()) {
            throw new IllegalArgumentException("online_attack.crop: no %s image has a %s".formatted(part.key(), attack.getCrop()));
        }
        return new Attacked(indices.stream().mapToInt(Integer::intValue).toArray(), crops);
    }

    private Optional<CropRectangle> crop(int index) {
        int height = images.shape().height();
        int width = images.shape().width();
        return attack.getCrop().equals(PERIPHERY)
                ? PeripheryCrop.over(images.shape()).seen(images, index)
                : Optional.of(Corner.valueOf(attack.getCrop().toUpperCase(Locale.ROOT)).of(height, width, attack.getFraction()));
    }

    /** A part's images are in the order of the data set, often class by class: the first ones would be a poor choice. */
    private static int[] shuffled(int[] indices, long seed, String purpose) {
        int[] order = StatelessRandom.of(seed, purpose).permutation(indices.length, 0);
        return Arrays.stream(order).map(position -> indices[position]).toArray();
    }
}
