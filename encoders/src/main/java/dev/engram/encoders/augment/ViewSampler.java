package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Draws the parameters of a view: a function of (seed, purpose, epoch, image id, view) and of the image's size. Immutable and
 * thread-safe.
 */
public final class ViewSampler {
    private static final int CROP_TRIES = 10;

    private final AugmentationRecipe recipe;
    private final StatelessRandom random;

    /** @param purpose keeps e.g. the views of training and of measuring apart */
    public ViewSampler(AugmentationRecipe recipe, long seed, String purpose) {
        this.recipe = requireNonNull(recipe, "recipe");
        this.random = StatelessRandom.of(seed, "views-" + purpose);
    }

    /** What happens to view {@code view} of image {@code imageId}, of height × width pixels, in {@code epoch}. */
    public ViewParameters draw(int epoch, int imageId, int view, int height, int width) {
        RandomStream draws = random.at(epoch, imageId, view);
        return new ViewParameters(
                crop(draws, height, width),
                draws.bernoulli(recipe.horizontalFlip()),
                draws.bernoulli(recipe.verticalFlip()),
                jitter(draws),
                draws.bernoulli(recipe.grayscale()),
                blur(draws),
                draws.bernoulli(recipe.solarize().probability()));
    }

    /** torchvision's RandomResizedCrop.get_params: ten tries, then the largest central crop of an allowed aspect ratio. */
    private CropRectangle crop(RandomStream draws, int height, int width) {
        CropRange range = recipe.crop();
        double logMin = StrictMath.log(range.minAspect());
        double logMax = StrictMath.log(range.maxAspect());
        for (int i = 0; i < CROP_TRIES; i++) {
            double area = (double) height * width * draws.uniform(range.minArea(), range.maxArea());
            double aspect = StrictMath.exp(draws.uniform(logMin, logMax));
            int w = (int) Math.rint(Math.sqrt(area * aspect));
            int h = (int) Math.rint(Math.sqrt(area / aspect));
            if (w > 0 && w <= width && h > 0 && h <= height) {
                return new CropRectangle(draws.uniformInt(height - h + 1), draws.uniformInt(width - w + 1), h, w);
            }
        }
        return central(range, height, width);
    }

    static CropRectangle central(CropRange range, int height, int width) {
        double aspect = (double) width / height;
        int w = width;
        int h = height;
        if (aspect < range.minAspect()) {
            h = (int) Math.rint(w / range.minAspect());
        } else if (aspect > range.maxAspect()) {
            w = (int) Math.rint(h * range.maxAspect());
        }
        return new CropRectangle((height - h) / 2, (width - w) / 2, h, w);
    }

    private Optional<ViewParameters.Jitter> jitter(RandomStream draws) {
        JitterRange range = recipe.jitter();
        if (!draws.bernoulli(range.probability())) {
            return Optional.empty();
        }
        List<ColorOperation> order = new ArrayList<>();
        for (int operation : draws.permutation(ColorOperation.values().length)) {
            if (range.strength(ColorOperation.values()[operation]) > 0) {
                order.add(ColorOperation.values()[operation]);
            }
        }
        return Optional.of(new ViewParameters.Jitter(
                order,
                factor(draws, range.brightness()),
                factor(draws, range.contrast()),
                factor(draws, range.saturation()),
                draws.uniform(-range.hue(), range.hue())));
    }

    private static double factor(RandomStream draws, double strength) {
        return draws.uniform(Math.max(0, 1 - strength), 1 + strength);
    }

    private OptionalDouble blur(RandomStream draws) {
        BlurRange range = recipe.blur();
        return draws.bernoulli(range.probability())
                ? OptionalDouble.of(draws.uniform(range.minSigma(), range.maxSigma()))
                : OptionalDouble.empty();
    }
}
