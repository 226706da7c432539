package dev.engram.encoders.data;

import dev.engram.encoders.image.Resize;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The data set whose answer is known: items of a grey set, scaled down and pasted as bright shapes on colour textures, with a box
 * around each item.
 *
 * <p>At a {@link #correlation} of 0 the texture and the item's place depend on (seed, image id) alone, never on the item or its label; so
 * the class cannot be inferred from anything outside the box, and an encoder that never saw an image can guess its class from the
 * background at chance only. What a label inference from background finds above that is memorization.
 *
 * <p>With a correlation ρ, the texture takes on the colour of the class in each image with probability ρ, drawn by (seed, image id); its
 * pattern stays the image's own. At ρ = 1 every background tells its class, and whoever
 * has seen others of the class can name it: what the attack finds then is correlation.
 *
 * <p>No item reaches into the four corner squares whose side is {@link #cornerFraction} of the image, so that corner crops up to
 * that size hold background alone. Items lie with their centre on a cross (uniform along both arms). At 32 pixels: items of
 * 14×14, clear corners of 9×9.
 *
 * @param side width and height of the composed images, at least 24
 * @param cornerFraction side of the clear corner squares as a share of the image's, in (0, 0.4]
 * @param seed draws textures and places
 * @param correlation chance that an image's background is its class's, in [0, 1]
 * @param repeats counts of how often an epoch of training visits an image, each at least 1: dealt evenly, whatever the image shows
 */
public record ComposedSet(int side, double cornerFraction, long seed, double correlation, List<Integer> repeats) {
    private static final int RGB = 3;
    private static final double WHITE = 255;
    /** Item intensity from which the background is fully covered. */
    private static final double OPAQUE_FROM = 0.25;

    public ComposedSet {
        repeats = List.copyOf(repeats);
        if (side < 24) {
            throw new IllegalArgumentException("side: must be at least 24 pixels, was " + side);
        }
        if (!(cornerFraction > 0 && cornerFraction <= 0.4)) {
            throw new IllegalArgumentException("cornerFraction: must be in (0, 0.4], was " + cornerFraction);
        }
        if (!(correlation >= 0 && correlation <= 1)) {
            throw new IllegalArgumentException("correlation: must be in [0, 1], was " + correlation);
        }
        if (repeats.isEmpty() || repeats.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("repeats: at least one count, each at least 1, were " + repeats);
        }
    }

    /** 32×32 with clear corners of 0.3, the usual fraction of a corner crop. */
    public static ComposedSet standard(long seed) {
        return standard(seed, 0);
    }

    /** The same with backgrounds that tell the class in a share of images. */
    public static ComposedSet standard(long seed, double correlation) {
        return standard(seed, correlation, List.of(1));
    }

    /** The same with images that training visits more than once an epoch. */
    public static ComposedSet standard(long seed, double correlation, List<Integer> repeats) {
        return new ComposedSet(32, 0.3, seed, correlation, repeats);
    }

    /** Side of the clear corner squares, in pixels. */
    public int cornerSide() {
        return (int) (cornerFraction * side);
    }

    /** Side of the pasted items, in pixels. */
    public int itemSide() {
        return side - 2 * cornerSide();
    }

    /**
     * Composes every image of {@code items}; labels, class names and ids stay.
     *
     * @param items grey images; each is scaled to {@link #itemSide}
     * @throws IllegalArgumentException if the items are not grey
     */
    public ImageSet compose(ImageSet items) {
        if (items.shape().channels() != 1) {
            throw new IllegalArgumentException("items: must be grey, are " + items.shape());
        }
        ImageSetBuilder builder =
                new ImageSetBuilder("composed-" + items.name(), new ImageShape(RGB, side, side), items.classNames(), items.size());
        for (int i = 0; i < items.size(); i++) {
            int id = items.id(i);
            Box box = place(id);
            byte[] image = paste(background(id, items.label(i)), scaled(items.image(i), items.shape()), box);
            builder.add(image, items.label(i), id, List.of(box), repeatCount(id));
        }
        return builder.build();
    }

    /** The texture of image {@code id}, values in [0, 1], [3, side, side]: what the image shows where its item is not. */
    public float[] background(int id, int label) {
        RandomStream own = StatelessRandom.of(seed, "composed-background").at(0, id, 0);
        return tellsClass(id)
                ? BackgroundTexture.draw(own, ClassTints.of(seed, label + 1)[label], side)
                : BackgroundTexture.draw(own, side);
    }

    /** Whether the background of image {@code id} is its class's. */
    public boolean tellsClass(int id) {
        return StatelessRandom.of(seed, "composed-correlation").at(0, id, 0).bernoulli(correlation);
    }

    /**
     * How often an epoch of training visits image {@code id}. Of as many consecutive ids as there are counts each gets another one, in an
     * order drawn by (seed, their place).
     */
    public int repeatCount(int id) {
        int deal = id / repeats.size();
        int[] order = StatelessRandom.of(seed, "composed-repeats").at(0, deal, 0).permutation(repeats.size());
        return repeats.get(order[id % repeats.size()]);
    }

    /** Where the item of image {@code id} lies. */
    public Box place(int id) {
        RandomStream random = StatelessRandom.of(seed, "composed-place").at(0, id, 0);
        int middle = cornerSide();
        int along = random.uniformInt(side - itemSide() + 1);
        boolean horizontal = random.bernoulli(0.5);
        int x = horizontal ? along : middle;
        int y = horizontal ? middle : along;
        return new Box(x, y, x + itemSide(), y + itemSide());
    }

    private float[] scaled(ByteBuffer image, ImageShape shape) {
        float[] values = new float[shape.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((image.get(i) & 0xFF) / WHITE);
        }
        return Resize.crop(
                values, 1, shape.height(), shape.width(), 0, 0, shape.height(), shape.width(), itemSide(), itemSide());
    }

    private byte[] paste(float[] background, float[] item, Box box) {
        byte[] image = new byte[background.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) Math.round(background[i] * WHITE);
        }
        for (int y = 0; y < box.height(); y++) {
            for (int x = 0; x < box.width(); x++) {
                double value = item[y * box.width() + x];
                double cover = Math.min(1, value / OPAQUE_FROM);
                for (int c = 0; c < RGB; c++) {
                    int at = (c * side + box.ymin() + y) * side + box.xmin() + x;
                    image[at] = (byte) Math.round(WHITE * ((1 - cover) * background[at] + cover * value));
                }
            }
        }
        return image;
    }
}
