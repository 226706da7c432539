package dev.engram.metrics.task;

import dev.engram.metrics.cka.HsicEstimator;
import dev.engram.runs.ResourceName;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CkaSpec;

/** What a CKA spec must be; and what it means where it says nothing. */
final class CkaRules {
    private static final int DEFAULT_BATCH = 256;
    private static final int LARGEST_BATCH = 512;
    private static final int DEFAULT_IMAGES = 2048;

    private CkaRules() {}

    /** Reports every problem of a spec. */
    static void check(CkaSpec spec, FieldViolations violations) {
        checkName("encoders", spec.getFirst(), "spec.first", violations);
        checkName("encoders", spec.getSecond(), "spec.second", violations);
        checkName("datasets", spec.getDataset(), "spec.dataset", violations);
        violations.require(
                spec.getEstimator() != CkaSpec.Estimator.UNRECOGNIZED,
                "spec.estimator",
                "must be UNBIASED or BIASED, is " + spec.getEstimatorValue());
        int fewest = HsicEstimator.UNBIASED.fewest();
        int batch = spec.getBatchSize();
        violations.require(
                batch == 0 || batch >= fewest && batch <= LARGEST_BATCH,
                "spec.batch_size",
                "must be %d to %d, or 0 for %d, is %d".formatted(fewest, LARGEST_BATCH, DEFAULT_BATCH, batch));
        int images = spec.getMaxImages();
        violations.require(
                images == 0 || images >= batch(spec),
                "spec.max_images",
                "must be at least a batch (%d), or 0 for %d, is %d".formatted(batch(spec), DEFAULT_IMAGES, images));
    }

    static int batch(CkaSpec spec) {
        return spec.getBatchSize() == 0 ? DEFAULT_BATCH : spec.getBatchSize();
    }

    /** @param available images in the data set */
    static int images(CkaSpec spec, int available) {
        int wanted = spec.getMaxImages() == 0 ? DEFAULT_IMAGES : spec.getMaxImages();
        int images = Math.min(wanted, available) / batch(spec) * batch(spec);
        if (images == 0) {
            throw RunFailure.invalidSpec("spec.batch_size: must be at most the %d images of %s, is %d"
                    .formatted(available, spec.getDataset(), batch(spec)));
        }
        return images;
    }

    static HsicEstimator estimator(CkaSpec spec) {
        return switch (spec.getEstimator()) {
            case ESTIMATOR_UNSPECIFIED, UNBIASED -> HsicEstimator.UNBIASED;
            case BIASED -> HsicEstimator.BIASED;
            case UNRECOGNIZED -> throw RunFailure.invalidSpec("spec.estimator: is not known");
        };
    }

    private static void checkName(String collection, String name, String field, FieldViolations violations) {
        violations.require(
                ResourceName.parse(name).filter(parsed -> parsed.collection().equals(collection)).isPresent(),
                field,
                name.isEmpty()
                        ? "is required: %s/…".formatted(collection)
                        : "must be %s/ and an id of [a-z0-9-], is \"%s\"".formatted(collection, name));
    }
}
