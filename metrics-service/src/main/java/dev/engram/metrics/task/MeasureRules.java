package dev.engram.metrics.task;

import dev.engram.runs.ResourceName;
import dev.engram.runs.RunParts;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.HashSet;
import java.util.Set;

/** What a spec must be; and what it means where it says nothing. */
public final class MeasureRules {
    public static final int DEFAULT_VIEWS = 10;
    public static final int DEFAULT_TOP_IMAGES = 9;

    private static final int MOST_VIEWS = 64;
    private static final int MOST_TOP_IMAGES = 100;

    private MeasureRules() {}

    /** Reports every problem of a LayerMem spec. */
    static void check(LayerMemSpec spec, FieldViolations violations) {
        checkPair(spec.getPair(), violations);
        checkViews(spec.getViews(), againstOriginal(spec) ? 1 : 2, violations);
        violations.require(
                spec.getCompared() != LayerMemSpec.Compared.UNRECOGNIZED,
                "spec.compared",
                "must be VIEWS or ORIGINAL, is " + spec.getComparedValue());
        violations.require(
                spec.getDistance() != Distance.UNRECOGNIZED,
                "spec.distance",
                "must be L1, L2, COSINE or ANGULAR, is " + spec.getDistanceValue());
        violations.require(
                spec.getNormalization() != LayerMemSpec.Normalization.UNRECOGNIZED,
                "spec.normalization",
                "must be RATIO or RANGE, is " + spec.getNormalizationValue());
        AskedViews.of(spec).check(violations);
        checkImages(spec.getMaxImages(), violations);
        checkShards(spec.getShards(), violations);
        checkPass(spec.getPass(), spec.getShards(), violations);
    }

    /** Reports every problem of a UnitMem spec. */
    static void check(UnitMemSpec spec, FieldViolations violations) {
        checkPair(spec.getPair(), violations);
        checkViews(spec.getViews(), 1, violations);
        violations.require(
                spec.getOthers() != UnitMemSpec.Others.UNRECOGNIZED,
                "spec.others",
                "must be MEAN or MEDIAN, is " + spec.getOthersValue());
        violations.require(
                spec.getTokens() != UnitMemSpec.Tokens.UNRECOGNIZED,
                "spec.tokens",
                "must be ALL or NO_CLASS_TOKEN, is " + spec.getTokensValue());
        checkSign(spec.getSign(), spec.getSignValue(), violations);
        AskedViews.of(spec).check(violations);
        checkImages(spec.getMaxImages(), violations);
        checkNamed(spec, violations);
        checkShards(spec.getShards(), violations);
        checkPass(spec.getPass(), spec.getShards(), violations);
        violations.require(
                spec.getTopImages() >= 0 && spec.getTopImages() <= MOST_TOP_IMAGES,
                "spec.top_images",
                "must be 1 to %d, or 0 for %d, is %d"
                        .formatted(MOST_TOP_IMAGES, DEFAULT_TOP_IMAGES, spec.getTopImages()));
    }

    /** Reports every problem of a ClassMem spec. */
    static void check(ClassMemSpec spec, FieldViolations violations) {
        checkPair(spec.getPair(), violations);
        violations.require(
                spec.getViews() >= 0 && spec.getViews() <= MOST_VIEWS,
                "spec.views",
                "must be 1 to %d, or 0 for the image as it is, is %d".formatted(MOST_VIEWS, spec.getViews()));
        checkSign(spec.getSign(), spec.getSignValue(), violations);
        AskedViews.of(spec).check(violations);
        checkImages(spec.getMaxImages(), violations);
        checkShards(spec.getShards(), violations);
        checkPass(spec.getPass(), spec.getShards(), violations);
    }

    /** Views where a spec asks for this many, or for none. */
    public static int views(int views) {
        return views == 0 ? DEFAULT_VIEWS : views;
    }

    /** Whether distances are of the image itself to each of its views. */
    static boolean againstOriginal(LayerMemSpec spec) {
        return spec.getCompared() == LayerMemSpec.Compared.ORIGINAL;
    }

    static int topImages(int topImages) {
        return topImages == 0 ? DEFAULT_TOP_IMAGES : topImages;
    }

    static void checkPair(String pair, FieldViolations violations) {
        if (pair.isEmpty()) {
            violations.add("spec.pair", "is required: pairs/…");
            return;
        }
        violations.require(
                ResourceName.parse(pair).filter(name -> name.collection().equals("pairs")).isPresent(),
                "spec.pair",
                "must be pairs/ and an id of [a-z0-9-], is \"" + pair + "\"");
    }

    private static void checkViews(int views, int least, FieldViolations violations) {
        violations.require(
                views == 0 || views >= least && views <= MOST_VIEWS,
                "spec.views",
                "must be %d to %d, or 0 for %d, is %d".formatted(least, MOST_VIEWS, DEFAULT_VIEWS, views));
    }

    private static void checkSign(UnitMemSpec.Sign sign, int value, FieldViolations violations) {
        violations.require(
                sign != UnitMemSpec.Sign.UNRECOGNIZED, "spec.sign", "must be SIGNED, ABSOLUTE or RELU, is " + value);
    }

    static void checkImages(int images, FieldViolations violations) {
        violations.require(
                images == 0 || images >= 2,
                "spec.max_images",
                "must be at least 2 (one image has nothing to be compared with), or 0 for all, is " + images);
    }

    private static void checkNamed(UnitMemSpec spec, FieldViolations violations) {
        if (spec.getImageIdsCount() == 0) {
            return;
        }
        violations.require(spec.getMaxImages() == 0, "spec.max_images", "must be 0 where images are named");
        violations.require(
                spec.getImageIdsCount() >= 2, "spec.image_ids", "must be at least 2: one image has nothing to be compared with");
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < spec.getImageIdsCount(); i++) {
            long id = spec.getImageIds(i);
            String field = "spec.image_ids[%d]".formatted(i);
            violations.require(id >= 0, field, "must be an image's id, from 0, is " + id);
            violations.require(seen.add(id), field, id + " is named twice");
        }
    }

    private static void checkPass(String pass, int shards, FieldViolations violations) {
        violations.require(
                pass.isEmpty() || ResourceName.parse(pass).filter(name -> name.collection().equals("runs")).isPresent(),
                "spec.pass",
                "must be runs/ and an id of [a-z0-9-], is \"" + pass + "\"");
        violations.require(pass.isEmpty() || shards < 2, "spec.shards", "must be unset where a pass has measured, is " + shards);
    }

    static void checkShards(int shards, FieldViolations violations) {
        violations.require(
                shards >= 0 && shards <= RunParts.MOST,
                "spec.shards",
                "must be 1 to %d, or 0 for 1, is %d".formatted(RunParts.MOST, shards));
    }
}
