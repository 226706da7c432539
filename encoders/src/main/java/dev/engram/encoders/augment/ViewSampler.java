package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Draws the parameters of a group's views: a function of (seed, purpose, epoch, image id, view) and of the image's size. Immutable
 * and thread-safe.
 */
public final class ViewSampler {
    private static final int CROP_TRIES = 10;

    private final ViewGroup group;
    private final int side;
    private final StatelessRandom random;

    /**
     * @param side height and width of the views
     * @param purpose keeps e.g. the views of training and of measuring apart
     */
    public ViewSampler(ViewGroup group, int side, long seed, String purpose) {
        this.group = requireNonNull(group, "group");
        this.side = side;
        this.random = StatelessRandom.of(seed, "views-" + purpose);
    }

    /**
     * What happens to a view of image {@code imageId}, of height × width pixels, in {@code epoch}.
     *
     * @param view which draw; views of several groups are kept apart by their numbers
     * @param place which of the group's recipes makes it: {@link ViewGroup#recipe}
     */
    public ViewParameters draw(int epoch, int imageId, int view, int place, int height, int width) {
        ViewRecipe recipe = group.recipe(place);
        RandomStream draws = random.at(epoch, imageId, view);
        return new ViewParameters(
                crop(recipe.crop(), draws, height, width),
                recipe.crop().padding(),
                recipe.crop().interpolation(),
                draws.bernoulli(recipe.horizontalFlip()),
                draws.bernoulli(recipe.verticalFlip()),
                jitter(recipe.jitter(), draws),
                draws.bernoulli(recipe.grayscale()),
                blur(recipe.blur(), draws),
                draws.bernoulli(recipe.solarize().probability())
                        ? OptionalDouble.of(recipe.solarize().threshold())
                        : OptionalDouble.empty(),
                noise(recipe.noise(), draws));
    }

    private static CropRectangle crop(CropRange range, RandomStream draws, int height, int width) {
        if (range.isWhole()) {
            return CropRectangle.whole(height, width);
        }
        if (range.padding() > 0) {
            int places = 2 * range.padding() + 1;
            return new CropRectangle(draws.uniformInt(places), draws.uniformInt(places), height, width);
        }
        return resized(range, draws, height, width);
    }

    /** torchvision's RandomResizedCrop.get_params: ten tries, then the largest central crop of an allowed aspect ratio. */
    private static CropRectangle resized(CropRange range, RandomStream draws, int height, int width) {
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
            h = Math.max(1, (int) Math.rint(w / range.minAspect()));
        } else if (aspect > range.maxAspect()) {
            w = Math.max(1, (int) Math.rint(h * range.maxAspect()));
        }
        return new CropRectangle((height - h) / 2, (width - w) / 2, h, w);
    }

    private static Optional<ViewParameters.Jitter> jitter(JitterRange range, RandomStream draws) {
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

    private Optional<ViewParameters.Blur> blur(BlurRange range, RandomStream draws) {
        return draws.bernoulli(range.probability())
                ? Optional.of(new ViewParameters.Blur(range.kernel(side), draws.uniform(range.minSigma(), range.maxSigma())))
                : Optional.empty();
    }

    private static Optional<ViewParameters.Noise> noise(NoiseRange range, RandomStream draws) {
        return draws.bernoulli(range.probability())
                ? Optional.of(new ViewParameters.Noise(range.deviation(), (long) draws.bits() << 32 | draws.bits() & 0xFFFFFFFFL))
                : Optional.empty();
    }
}
