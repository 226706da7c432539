package dev.engram.trainer.probe;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ProbeSpec;

/** What a probe needs of the split, and what it means when it says nothing. */
public final class ProbeRules {
    private static final int DEFAULT_NEIGHBORS = 20;

    private ProbeRules() {}

    /** @param path of the spec in the request */
    public static void check(ProbeSpec spec, int publicImages, String path, FieldViolations violations) {
        if (publicImages == 0) {
            violations.add(path + ".pair", "its split has no public set to learn a probe from");
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
}
