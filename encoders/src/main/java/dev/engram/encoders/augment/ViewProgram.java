package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import dev.engram.encoders.image.BilinearWeights;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Turns images and the parameters of their views into the encoder's input, the whole batch in one program.
 *
 * <p>Crop, resize and flips are two batched matrix products, W_y · X · W_xᵀ ({@link BilinearWeights}); the blur likewise. Each
 * colour operation runs only on the views that need it, step by step of their random orders. Values agree with torchvision's
 * on float tensors to about 1e-6. Immutable and thread-safe; compiled once.
 */
public final class ViewProgram implements AutoCloseable {
    private static final int CHANNELS = 3;

    private static final String TEXT = """
            def forward(self, images: Tensor, wy: Tensor, wx: Tensor, factors: Tensor, blurs: Tensor, members: Tensor, ends: List[int], threshold: float, mean: Tensor, deviation: Tensor) -> Tensor:
              n = torch.size(images, 0)
              height = torch.size(images, 2)
              side = torch.size(wy, 1)
              unit = torch.div_(torch.to(images, 6), 255.)
              rows = torch.reshape(unit, [n, torch.mul(3, height), torch.size(images, 3)])
              narrow = torch.reshape(torch.bmm(rows, torch.transpose(wx, 1, 2)), [n, 3, height, side])
              x = torch.matmul(torch.unsqueeze(wy, 1), narrow)
              start = 0
              for step in range(4):
                for operation in range(4):
                  end = ends[torch.add(torch.mul(step, 4), operation)]
                  if torch.gt(end, start):
                    these = torch.slice(members, 0, start, end, 1)
                    f = torch.reshape(torch.select(torch.index_select(factors, 0, these), 1, operation), [-1, 1, 1, 1])
                    part = torch.index_select(x, 0, these)
                    if torch.eq(operation, 0):
                      changed = (self).brightness(part, f)
                    else:
                      if torch.eq(operation, 1):
                        changed = (self).contrast(part, f)
                      else:
                        if torch.eq(operation, 2):
                          changed = (self).saturation(part, f)
                        else:
                          changed = (self).hue(part, f)
                    _0 = torch.index_copy_(x, 0, these, changed)
                  start = end
              if torch.gt(ends[16], start):
                gray = torch.slice(members, 0, start, ends[16], 1)
                luminance = (self).luminance(torch.index_select(x, 0, gray))
                _1 = torch.index_copy_(x, 0, gray, torch.expand(luminance, [-1, 3, -1, -1]))
              if torch.gt(ends[17], ends[16]):
                blurred = torch.slice(members, 0, ends[16], ends[17], 1)
                b = torch.unsqueeze(blurs, 1)
                sharp = torch.index_select(x, 0, blurred)
                _2 = torch.index_copy_(x, 0, blurred, torch.matmul(torch.matmul(b, sharp), torch.transpose(b, 2, 3)))
              if torch.gt(ends[18], ends[17]):
                solarized = torch.slice(members, 0, ends[17], ends[18], 1)
                bright = torch.index_select(x, 0, solarized)
                _3 = torch.index_copy_(x, 0, solarized, torch.where(torch.ge(bright, threshold), torch.rsub(bright, 1.), bright))
              return torch.div_(torch.sub_(x, mean), deviation)

            def luminance(self, x: Tensor) -> Tensor:
              r = torch.mul(torch.slice(x, 1, 0, 1, 1), 0.2989)
              rg = torch.add_(r, torch.slice(x, 1, 1, 2, 1), alpha=0.587)
              return torch.add_(rg, torch.slice(x, 1, 2, 3, 1), alpha=0.114)

            def blend(self, x: Tensor, other: Tensor, f: Tensor) -> Tensor:
              return torch.clamp_(torch.add_(torch.mul_(x, f), torch.mul(other, torch.rsub(f, 1.))), 0., 1.)

            def brightness(self, x: Tensor, f: Tensor) -> Tensor:
              return torch.clamp_(torch.mul_(x, f), 0., 1.)

            def contrast(self, x: Tensor, f: Tensor) -> Tensor:
              return (self).blend(x, torch.mean((self).luminance(x), [1, 2, 3], True), f)

            def saturation(self, x: Tensor, f: Tensor) -> Tensor:
              return (self).blend(x, (self).luminance(x), f)

            def hue(self, x: Tensor, f: Tensor) -> Tensor:
              r = torch.slice(x, 1, 0, 1, 1)
              g = torch.slice(x, 1, 1, 2, 1)
              b = torch.slice(x, 1, 2, 3, 1)
              value = torch.maximum(torch.maximum(r, g), b)
              least = torch.minimum(torch.minimum(r, g), b)
              chroma = torch.sub(value, least)
              redmost = torch.eq(value, r)
              greenmost = torch.eq(value, g)
              lead = torch.where(redmost, torch.sub(g, b), torch.where(greenmost, torch.sub(b, r), torch.sub(r, g)))
              sector = torch.where(redmost, 0., torch.where(greenmost, 2., 4.))
              h = torch.add_(torch.div_(lead, torch.clamp_min(chroma, 1e-20)), sector)
              beyond = torch.add_(h, torch.mul(f, 6.))
              turned = torch.sub(beyond, torch.floor_(torch.mul(beyond, 0.16666667)), alpha=6)
              red = torch.sub_(torch.abs_(torch.sub(turned, 3.)), 1.)
              green = torch.rsub(torch.abs_(torch.sub(turned, 2.)), 2.)
              blue = torch.rsub(torch.abs_(torch.sub(turned, 4.)), 2.)
              _r = torch.copy_(r, torch.addcmul(least, chroma, torch.clamp_(red, 0., 1.)))
              _g = torch.copy_(g, torch.addcmul(least, chroma, torch.clamp_(green, 0., 1.)))
              _b = torch.copy_(b, torch.addcmul(least, chroma, torch.clamp_(blue, 0., 1.)))
              return x
            """;

    private final TorchProgram program = TorchProgram.compile(TEXT);
    private final AugmentationRecipe recipe;
    private final int side;

    /** @param side height and width of the views */
    public ViewProgram(AugmentationRecipe recipe, int side) {
        this.recipe = requireNonNull(recipe, "recipe");
        this.side = side;
    }

    /**
     * Makes views.
     *
     * @param scope owns the result
     * @param images bytes [V, 3, H, W]: for every view its image
     * @param views one per image in {@code images}; crops inside H × W
     * @return floats [V, 3, side, side], normalized
     */
    public Tensor apply(Scope scope, ByteBuffer images, int height, int width, List<ViewParameters> views) {
        int n = views.size();
        try (Scope inputs = Scope.open()) {
            float[] vertical = new float[n * side * height];
            float[] horizontal = new float[n * side * width];
            for (int i = 0; i < n; i++) {
                ViewParameters view = views.get(i);
                CropRectangle crop = view.crop();
                BilinearWeights.write(
                        height, crop.top(), crop.height(), side, view.verticalFlip(), vertical, i * side * height);
                BilinearWeights.write(
                        width, crop.left(), crop.width(), side, view.horizontalFlip(), horizontal, i * side * width);
            }
            ViewGroups groups = new ViewGroups(views);
            return program.run(
                            scope,
                            inputs.map(images, ElementType.UINT8, n, CHANNELS, height, width),
                            inputs.floats(vertical, n, side, height),
                            inputs.floats(horizontal, n, side, width),
                            inputs.floats(groups.factors(), n, ColorOperation.values().length),
                            inputs.floats(groups.blurs(side, recipe.blur().kernel()), groups.blurred(), side, side),
                            inputs.longs(groups.members(), groups.members().length),
                            groups.ends(),
                            recipe.solarize().threshold(),
                            inputs.floats(recipe.normalization().means(), 1, CHANNELS, 1, 1),
                            inputs.floats(recipe.normalization().deviations(), 1, CHANNELS, 1, 1))
                    .tensor();
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
