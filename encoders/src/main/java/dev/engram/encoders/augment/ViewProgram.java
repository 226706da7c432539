package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import java.util.List;

/**
 * Makes the whole batch in one program, on the device of this process: for cards. On a processor {@link HostViews} is several times as fast.
 *
 * <p>Crop and antialiased resize are the engine's, view by view; each colour operation runs only on the views that need it, step by step of
 * their random orders, on as many views at once as stay in the processor's cache; the blur is two batched matrix products. Values
 * agree with torchvision's on float tensors to about 1e-6. Immutable and thread-safe; compiled once.
 */
final class ViewProgram implements ViewMaker {
    /** Values of a chunk: 1 MiB of floats. */
    private static final int CHUNK_VALUES = 1 << 18;

    private static final String TEXT = """
            def forward(self, images: Tensor, geometry: List[int], side: int, chunk: int, factors: Tensor, blurs: Tensor, keys: Tensor, normals: Tensor, members: Tensor, ends: List[int], mean: Tensor, deviation: Tensor) -> Tensor:
              views = torch.size(factors, 0)
              out = torch.empty([views, 3, side, side], dtype=6, device=images.device)
              start = 0
              blurred = 0
              chunks = torch.floordiv(torch.sub(torch.add(views, chunk), 1), chunk)
              for c in range(chunks):
                first = torch.mul(c, chunk)
                last = torch.add(first, chunk)
                if torch.gt(last, views):
                  last = views
                for v in range(torch.sub(last, first)):
                  view = torch.add(first, v)
                  _c = torch.copy_(torch.select(out, 0, view), (self).crop(images, geometry, torch.mul(view, 9), side))
                x = torch.slice(out, 0, first, last, 1)
                factor = torch.slice(factors, 0, first, last, 1)
                base = torch.mul(c, 20)
                for step in range(4):
                  for operation in range(4):
                    end = ends[torch.add(base, torch.add(torch.mul(step, 4), operation))]
                    if torch.gt(end, start):
                      these = torch.slice(members, 0, start, end, 1)
                      f = torch.reshape(torch.select(torch.index_select(factor, 0, these), 1, operation), [-1, 1, 1, 1])
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
                end = ends[torch.add(base, 16)]
                if torch.gt(end, start):
                  gray = torch.slice(members, 0, start, end, 1)
                  luminance = (self).luminance(torch.index_select(x, 0, gray))
                  _1 = torch.index_copy_(x, 0, gray, torch.expand(luminance, [-1, 3, -1, -1]))
                start = end
                end = ends[torch.add(base, 17)]
                if torch.gt(end, start):
                  soft = torch.slice(members, 0, start, end, 1)
                  after = torch.add(blurred, torch.sub(end, start))
                  b = torch.unsqueeze(torch.slice(blurs, 0, blurred, after, 1), 1)
                  blurred = after
                  sharp = torch.index_select(x, 0, soft)
                  _2 = torch.index_copy_(x, 0, soft, torch.matmul(torch.matmul(b, sharp), torch.transpose(b, 2, 3)))
                start = end
                end = ends[torch.add(base, 18)]
                if torch.gt(end, start):
                  solarized = torch.slice(members, 0, start, end, 1)
                  threshold = torch.reshape(torch.select(torch.index_select(factor, 0, solarized), 1, 4), [-1, 1, 1, 1])
                  bright = torch.index_select(x, 0, solarized)
                  _3 = torch.index_copy_(x, 0, solarized, torch.where(torch.ge(bright, threshold), torch.rsub(bright, 1.), bright))
                start = end
                end = ends[torch.add(base, 19)]
                if torch.gt(end, start):
                  noisy = torch.slice(members, 0, start, end, 1)
                  size = torch.reshape(torch.select(torch.index_select(factor, 0, noisy), 1, 5), [-1, 1, 1, 1])
                  key = torch.index_select(torch.slice(keys, 0, first, last, 1), 0, noisy)
                  draws = torch.reshape((self).normal(key, normals, torch.mul(3, torch.mul(side, side))), [-1, 3, side, side])
                  loud = torch.add_(torch.mul_(draws, size), torch.index_select(x, 0, noisy))
                  _4 = torch.index_copy_(x, 0, noisy, torch.clamp_(loud, 0., 1.))
                start = end
                _5 = torch.div_(torch.sub_(x, mean), deviation)
              return out

            def crop(self, images: Tensor, geometry: List[int], g: int, side: int) -> Tensor:
              image = torch.select(images, 0, geometry[g])
              top = geometry[torch.add(g, 1)]
              left = geometry[torch.add(g, 2)]
              height = geometry[torch.add(g, 3)]
              width = geometry[torch.add(g, 4)]
              padding = geometry[torch.add(g, 5)]
              if torch.gt(padding, 0):
                whole = torch.constant_pad_nd(image, [padding, padding, padding, padding], 0)
              else:
                whole = image
              part = torch.slice(torch.slice(whole, 1, top, torch.add(top, height), 1), 2, left, torch.add(left, width), 1)
              unit = torch.unsqueeze(torch.div_(torch.to(part, 6), 255.), 0)
              if torch.eq(height, side):
                same = torch.eq(width, side)
              else:
                same = False
              if same:
                sized = unit
              else:
                if torch.eq(geometry[torch.add(g, 6)], 0):
                  sized = ops.aten._upsample_bilinear2d_aa(unit, [side, side], False)
                else:
                  sized = ops.aten._upsample_bicubic2d_aa(unit, [side, side], False)
              view = torch.select(sized, 0, 0)
              if torch.eq(geometry[torch.add(g, 7)], 1):
                view = torch.flip(view, [2])
              if torch.eq(geometry[torch.add(g, 8)], 1):
                view = torch.flip(view, [1])
              return view

            def normal(self, keys: Tensor, normals: Tensor, values: int) -> Tensor:
              quarter = torch.floordiv(torch.add(values, 3), 4)
              counter = torch.arange(quarter, dtype=4, device=keys.device)
              z = torch.add(torch.unsqueeze(keys, 1), torch.mul(counter, -7046029254386353131))
              z = torch.mul_(torch.__xor__(z, torch.__and__(torch.__rshift__(z, 30), 17179869183)), -4658895280553007687)
              z = torch.mul_(torch.__xor__(z, torch.__and__(torch.__rshift__(z, 27), 137438953471)), -7723592293110705685)
              z = torch.__xor__(z, torch.__and__(torch.__rshift__(z, 31), 8589934591))
              a = torch.__and__(z, 65535)
              b = torch.__and__(torch.__rshift__(z, 16), 65535)
              c = torch.__and__(torch.__rshift__(z, 32), 65535)
              d = torch.__and__(torch.__rshift__(z, 48), 65535)
              bits = torch.slice(torch.reshape(torch.stack([a, b, c, d], 2), [torch.size(keys, 0), -1]), 1, 0, values, 1)
              return torch.reshape(torch.index_select(normals, 0, torch.reshape(bits, [-1])), [torch.size(keys, 0), values])

            def luminance(self, x: Tensor) -> Tensor:
              r = torch.mul(torch.slice(x, 1, 0, 1, 1), 0.2989)
              rg = torch.add_(r, torch.slice(x, 1, 1, 2, 1), alpha=0.587)
              return torch.add_(rg, torch.slice(x, 1, 2, 3, 1), alpha=0.114)

            def blend(self, x: Tensor, other: Tensor, f: Tensor) -> Tensor:
              return torch.clamp_(torch.add_(torch.mul_(x, f), torch.mul(other, torch.rsub(f, 1.))), 0., 1.)

            def brightness(self, x: Tensor, f: Tensor) -> Tensor:
              return torch.clamp_(torch.mul_(x, f), 0., 1.)

            def contrast(self, x: Tensor, f: Tensor) -> Tensor:
              return (self).blend(x, torch.mean(torch.mean((self).luminance(x), [3], True), [1, 2], True), f)

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
    private final Scope tables = Scope.open();
    private final Tensor normals = tables.floats(NormalTable.values(), NormalTable.SIZE);
    private final Normalization normalization;
    private final int side;

    /** @param side height and width of the views */
    ViewProgram(Normalization normalization, int side) {
        this.normalization = requireNonNull(normalization, "normalization");
        this.side = side;
    }

    @Override
    public Tensor apply(Scope scope, Tensor images, int[] imageOfView, List<ViewParameters> views) {
        ViewMaker.check(images, imageOfView, views);
        int n = views.size();
        ViewBatch batch = new ViewBatch(views, Math.max(1, CHUNK_VALUES / (CHANNELS * side * side)));
        try (Scope inputs = Scope.open()) {
            long[] members = batch.members();
            return program.run(
                            scope,
                            images,
                            batch.geometry(imageOfView),
                            side,
                            batch.chunk(),
                            inputs.floats(batch.factors(), n, ColorOperation.values().length + 2),
                            inputs.floats(batch.blurs(side), batch.blurred(), side, side),
                            inputs.longs(batch.noiseKeys(), n),
                            normals,
                            inputs.longs(members, members.length),
                            batch.ends(),
                            inputs.floats(normalization.means(), 1, CHANNELS, 1, 1),
                            inputs.floats(normalization.deviations(), 1, CHANNELS, 1, 1))
                    .tensor();
        }
    }

    @Override
    public int side() {
        return side;
    }

    @Override
    public void close() {
        program.close();
        tables.close();
    }
}
