package dev.engram.trainer.probe;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.ResourceFields;
import dev.engram.v1.ProbeSpec;
import java.util.List;

/** What must hold for a probe, and what it means when it says nothing. */
public final class ProbeRules {
    private static final int DEFAULT_NEIGHBORS = 20;

    private ProbeRules() {}

    /** Reports what can be seen of the spec alone. */
    static void check(ProbeSpec spec, String path, FieldViolations violations) {
        if (spec.getEncoder().isEmpty()) {
            ResourceFields.require("pairs", spec.getPair(), path + ".pair", violations);
        } else {
            ResourceFields.require("encoders", spec.getEncoder(), path + ".encoder", violations);
            violations.require(
                    spec.getPair().isEmpty(), path + ".pair", "must be empty beside an encoder");
        }
        if (!spec.getSplit().isEmpty()) {
            ResourceFields.require("splits", spec.getSplit(), path + ".split", violations);
        }
        violations.require(spec.getK() >= 0, path + ".k", "must be at least 1, is " + spec.getK());
        violations.require(
                spec.getTokens() != ProbeSpec.Tokens.UNRECOGNIZED,
                path + ".tokens",
                "must be ALL, CLASS_TOKEN or NO_CLASS_TOKEN, is " + spec.getTokensValue());
        CorruptionRules.check(spec, path, violations);
        List<String> layers = spec.getLayersList();
        for (int i = 0; i < layers.size(); i++) {
            violations.require(
                    !layers.get(i).isBlank(), "%s.layers[%d]".formatted(path, i), "must be a layer path or `*`, is empty");
            violations.require(
                    layers.indexOf(layers.get(i)) == i,
                    "%s.layers[%d]".formatted(path, i),
                    "\"%s\" is named twice".formatted(layers.get(i)));
        }
    }

    /**
     * Reports what the split rules out.
     *
     * @param path of the spec in the request
     */
    public static void check(ProbeSpec spec, int publicImages, String path, FieldViolations violations) {
        if (publicImages == 0) {
            boolean byPair = spec.getSplit().isEmpty();
            violations.add(path + (byPair ? ".pair" : ".split"), (byPair ? "its split has" : "has") + " no public set to learn a probe from");
            return;
        }
        violations.require(
                spec.getK() <= publicImages,
                path + ".k",
                "must be at most the %d images of the public set, is %d".formatted(publicImages, spec.getK()));
    }

    /** The same spec with k set. */
    public static ProbeSpec fill(ProbeSpec spec, int publicImages) {
        return spec.getK() != 0 ? spec : spec.toBuilder().setK(Math.min(DEFAULT_NEIGHBORS, publicImages)).build();
    }

    /** Why a pair cannot be probed with this split. */
    static String sameImages(String split) {
        return split + " is of the pair's own data set, and may hold out what the pair was trained on; leave it empty";
    }

    static String noSplit(String path, String encoder) {
        return path + ".split: is required: " + encoder + " was not trained on a split";
    }
}
