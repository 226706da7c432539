package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import dev.engram.encoders.image.Interpolation;
import dev.engram.encoders.image.ResizeWeights;
import java.util.List;

/**
 * Images as an encoder sees them when nothing is random: whole, or one rectangle of each, resized (bilinear, antialiased) to the
 * network's side and normalized. What probes, taps on plain images and attacks from background crops use. Thread-safe.
 */
public final class PlainInput implements AutoCloseable {
    private static final int CHANNELS = 3;

    private static final String TEXT = """
            def forward(self, images: Tensor, wy: Tensor, wx: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
              x = torch.div(torch.to(images, 6), 255.)
              y = torch.matmul(wy, torch.matmul(x, torch.transpose(wx, -2, -1)))
              return torch.div(torch.sub(y, mean), deviation)
            """;

    private final TorchProgram program = TorchProgram.compile(TEXT);
    private final Normalization normalization;
    private final int side;

    /** @param side height and width that the encoder takes */
    public PlainInput(Normalization normalization, int side) {
        this.normalization = requireNonNull(normalization, "normalization");
        this.side = side;
    }

    /** Whole images: floats [n, 3, side, side]. An image that is not square is squeezed. */
    public Tensor whole(Scope scope, ImageSet images, int[] indices) {
        return crop(scope, images, indices, CropRectangle.whole(images.shape().height(), images.shape().width()));
    }

    /**
     * The same rectangle of every image: floats [n, 3, side, side].
     *
     * @throws IllegalArgumentException if the images are not RGB or the rectangle leaves them
     */
    public Tensor crop(Scope scope, ImageSet images, int[] indices, CropRectangle crop) {
        return resized(scope, images, indices, List.of(crop));
    }

    /**
     * A rectangle of its own of each image: floats [n, 3, side, side].
     *
     * @param crops as many as {@code indices}
     * @throws IllegalArgumentException if the images are not RGB or a rectangle leaves its image
     */
    public Tensor crops(Scope scope, ImageSet images, int[] indices, List<CropRectangle> crops) {
        if (crops.size() != indices.length) {
            throw new IllegalArgumentException("crops: %d for %d images".formatted(crops.size(), indices.length));
        }
        return resized(scope, images, indices, crops);
    }

    /** Height and width of the result. */
    public int side() {
        return side;
    }

    /** Interpolation matrices are [m, 1, side, H] and [m, 1, side, W]: one for all images, or one for each. */
    private Tensor resized(Scope scope, ImageSet images, int[] indices, List<CropRectangle> crops) {
        ImageShape shape = images.shape();
        if (shape.channels() != CHANNELS) {
            throw new IllegalArgumentException("images: need 3 channels, %s has %s".formatted(images.name(), shape));
        }
        float[] vertical = new float[crops.size() * side * shape.height()];
        float[] horizontal = new float[crops.size() * side * shape.width()];
        for (int i = 0; i < crops.size(); i++) {
            CropRectangle crop = crops.get(i);
            if (crop.top() + crop.height() > shape.height() || crop.left() + crop.width() > shape.width()) {
                throw new IllegalArgumentException("crop: %s leaves images of %s".formatted(crop, shape));
            }
            ResizeWeights.of(crop.height(), side, Interpolation.BILINEAR)
                    .write(shape.height(), crop.top(), false, vertical, i * side * shape.height());
            ResizeWeights.of(crop.width(), side, Interpolation.BILINEAR)
                    .write(shape.width(), crop.left(), false, horizontal, i * side * shape.width());
        }
        try (Scope inputs = Scope.open()) {
            return program.run(
                            scope,
                            inputs.map(
                                    images.gather(indices), ElementType.UINT8,
                                    indices.length, CHANNELS, shape.height(), shape.width()),
                            inputs.floats(vertical, crops.size(), 1, side, shape.height()),
                            inputs.floats(horizontal, crops.size(), 1, side, shape.width()),
                            inputs.floats(normalization.means(), 1, CHANNELS, 1, 1),
                            inputs.floats(normalization.deviations(), 1, CHANNELS, 1, 1))
                    .tensor();
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
