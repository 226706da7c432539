package dev.engram.trainer.probe;

import dev.engram.encoders.corrupt.Corruption;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ProbeSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which corruptions a probe asks for, and of which images. */
final class CorruptionRules {
    private static final String ALL = "*";
    private static final int DEFAULT_IMAGES = 1000;

    private CorruptionRules() {}

    static void check(ProbeSpec spec, String path, FieldViolations violations) {
        List<String> named = spec.getCorruptionsList();
        for (int i = 0; i < named.size(); i++) {
            String name = named.get(i);
            String field = "%s.corruptions[%d]".formatted(path, i);
            violations.require(
                    name.equals(ALL) || all().anyMatch(corruption -> corruption.id().equals(name)),
                    field,
                    "\"%s\" is unknown; there are %s, %s".formatted(name, ALL, all().map(Corruption::id).collect(Collectors.joining(", "))));
            violations.require(named.indexOf(name) == i, field, "\"%s\" is named twice".formatted(name));
        }
        violations.require(
                spec.getCorruptedImages() >= 0,
                path + ".corrupted_images",
                "must be at least 1, or 0 for %d, is %d".formatted(DEFAULT_IMAGES, spec.getCorruptedImages()));
    }

    /** Those that were asked for, in their usual order. */
    static List<Corruption> of(ProbeSpec spec) {
        List<String> named = spec.getCorruptionsList();
        return all().filter(corruption -> named.contains(ALL) || named.contains(corruption.id())).toList();
    }

    /** Which of the held-out images are corrupted, in the order of the data set; none if no corruption was asked for. */
    static int[] images(ProbeSpec spec, int[] heldOut) {
        if (spec.getCorruptionsCount() == 0) {
            return new int[0];
        }
        int wanted = spec.getCorruptedImages() == 0 ? DEFAULT_IMAGES : spec.getCorruptedImages();
        int[] order = StatelessRandom.of(spec.getSeed(), "corrupted images").permutation(heldOut.length, 0);
        return Arrays.stream(order, 0, Math.min(wanted, heldOut.length)).map(i -> heldOut[i]).sorted().toArray();
    }

    private static Stream<Corruption> all() {
        return Arrays.stream(Corruption.values());
    }
}
