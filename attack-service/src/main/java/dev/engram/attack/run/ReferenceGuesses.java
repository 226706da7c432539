package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.attack.dejavu.NeighborVote;
import dev.engram.attack.onemodel.ColorTags;
import dev.engram.attack.onemodel.CropFeatures;
import dev.engram.attack.onemodel.NaiveBayes;
import dev.engram.attack.onemodel.References;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.CutFeatures;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.v1.OneModelSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each reference guesses of attacked crops, having learned from the crops of the other part of the split. */
final class ReferenceGuesses {
    static final String CLASSIFIER = "classifier";
    static final String NEAREST_CROPS = "nearest_crops";
    static final String NAIVE_BAYES = "naive_bayes";

    private final RunContext run;
    private final OneModelSpec spec;
    private final AttackPlan plan;
    private final ImageSet images;

    ReferenceGuesses(RunContext run, OneModelSpec spec, AttackPlan plan) {
        this.run = run;
        this.spec = spec;
        this.plan = plan;
        this.images = plan.images();
    }

    /**
     * By reference, a guess for each attacked image in the plan's order.
     *
     * @param encoder {@code encoders/x}; the classifier reads features of its network before any training
     */
    Map<String, List<NeighborVote>> of(Direction direction, String encoder) throws IOException {
        CropSelection asked = plan.attacked(0, direction).crops();
        CropSelection seen = plan.attacked(0, direction.other()).crops();
        int[] labels = images.labels(seen.indices());
        int classes = images.classNames().size();
        Map<String, List<NeighborVote>> guesses = new LinkedHashMap<>();
        guesses.put(CLASSIFIER, classifier(encoder, seen, labels, asked, classes));
        guesses.put(NEAREST_CROPS, References.nearestCrops(
                CropFeatures.pixels(images, seen.indices(), seen.rectangles()),
                labels,
                CropFeatures.pixels(images, asked.indices(), asked.rectangles()),
                classes,
                run.threads(),
                run::checkStop));
        guesses.put(NAIVE_BAYES, naiveBayes(seen, labels, asked, classes));
        return guesses;
    }

    private List<NeighborVote> classifier(
            String resource, CropSelection seen, int[] labels, CropSelection asked, int classes) throws IOException {
        try (TrainedEncoder encoder = Inputs.encoder(run, resource)) {
            ProjectedEncoder network = new ProjectedEncoder(encoder.encoder(), new NoHead());
            try (StateDict untrained = StateLayout.of(network).initialState(spec.getSeed());
                    CutFeatures features = new CutFeatures(
                            network, untrained, encoder.identity().normalization(), List.of(CutFeatures.BACKBONE))) {
                return References.classifier(
                        features(features, seen), labels, features(features, asked), classes, run::checkStop);
            }
        }
    }

    private FeatureMatrix features(CutFeatures features, CropSelection crops) {
        return features.crops(images, crops.indices(), crops.rectangles(), done -> run.checkStop()).getFirst();
    }

    private List<NeighborVote> naiveBayes(CropSelection seen, int[] labels, CropSelection asked, int classes) {
        NaiveBayes.Rule rule = spec.getNaiveBayes() == OneModelSpec.NaiveBayes.TEXTBOOK
                ? NaiveBayes.Rule.TEXTBOOK
                : NaiveBayes.Rule.PRODUCT_OF_POSTERIORS;
        NaiveBayes bayes = new NaiveBayes(
                rule, tags(seen), labels, ColorTags.vocabulary(images.shape().channels()), classes);
        List<NeighborVote> guesses = new ArrayList<>();
        for (int[] tags : tags(asked)) {
            guesses.add(bayes.guess(tags));
        }
        return guesses;
    }

    private int[][] tags(CropSelection crops) {
        int most = spec.getTags() == 0 ? OneModelRules.DEFAULT_TAGS : spec.getTags();
        int[][] tags = new int[crops.size()][];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = ColorTags.of(images, crops.indices()[i], crops.rectangles().get(i), most);
        }
        return tags;
    }
}
