package dev.engram.attack.run;

import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.OneModelSpec;

/** What must hold for a test of one model by itself; the rest depends on the split and its images. */
final class OneModelRules {
    static final String INDEPENDENT = Direction.INDEPENDENT.key();
    static final int DEFAULT_TAGS = 3;

    private static final int MOST_TAGS = 10;

    private OneModelRules() {}

    static void check(OneModelSpec spec, FieldViolations violations) {
        boolean pair = !spec.getPair().isEmpty();
        violations.require(
                pair != !spec.getEncoder().isEmpty(), "spec.encoder", "is required unless there is a pair, and then must be empty");
        if (!spec.getEncoder().isEmpty()) {
            named("encoders", spec.getEncoder(), "spec.encoder", violations);
        }
        if (pair) {
            named("pairs", spec.getPair(), "spec.pair", violations);
            violations.require(spec.getSplit().isEmpty(), "spec.split", "must be empty for a pair, which has one");
            violations.require(spec.getMembers().isEmpty(), "spec.members", "must be empty for a pair: both parts are tested");
        }
        if (!spec.getSplit().isEmpty()) {
            named("splits", spec.getSplit(), "spec.split", violations);
        }
        violations.require(
                spec.getMembers().isEmpty()
                        || spec.getMembers().equals(Direction.CANDIDATE.key())
                        || spec.getMembers().equals(INDEPENDENT),
                "spec.members",
                "must be candidate or independent, is \"%s\"".formatted(spec.getMembers()));
        violations.require(
                spec.getTags() >= 0 && spec.getTags() <= MOST_TAGS,
                "spec.tags",
                "must be 1 to %d, or 0 for %d, is %d".formatted(MOST_TAGS, DEFAULT_TAGS, spec.getTags()));
        violations.require(
                spec.getNaiveBayes() != OneModelSpec.NaiveBayes.UNRECOGNIZED,
                "spec.naive_bayes",
                "is no known way: " + spec.getNaiveBayesValue());
        if (spec.hasCrop()) {
            DejaVuRules.checkCrop(spec.getCrop(), "spec.crop", violations);
        }
        if (!spec.getCut().isEmpty()) {
            DejaVuRules.checkCut(spec.getCut(), "spec.cut", violations);
        }
        DejaVuRules.checkVotes(dejaVu(spec), violations);
    }

    /** The attack that finds the votes. */
    static DejaVuSpec dejaVu(OneModelSpec spec) {
        DejaVuSpec.Builder attack = DejaVuSpec.newBuilder()
                .setK(spec.getK())
                .setCosine(spec.getCosine())
                .setResamples(spec.getResamples())
                .setSeed(spec.getSeed());
        if (spec.hasCrop()) {
            attack.addCrops(spec.getCrop());
        }
        if (!spec.getCut().isEmpty()) {
            attack.addCuts(spec.getCut());
        }
        return attack.build();
    }

    private static void named(String collection, String name, String field, FieldViolations violations) {
        violations.require(
                ResourceName.parse(name).filter(parsed -> parsed.collection().equals(collection)).isPresent(),
                field,
                "must be %s/{id}, is \"%s\"".formatted(collection, name));
    }
}
