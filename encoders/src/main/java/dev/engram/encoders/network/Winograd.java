package dev.engram.encoders.network;

import java.util.regex.Pattern;

/**
 * Computes wide 3×3 convolutions over small maps with fewer multiplications: Winograd's F(4×4, 3×3) takes 36 products for 16 outputs
 * of a channel instead of 144. Source: A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016,
 * <a href="https://arxiv.org/abs/1509.09308">arXiv 1509.09308</a>, equations 8 and 12: Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, summed over channels.
 *
 * <p>The linear maps Bᵀ, G and Aᵀ of both axes and of all tiles of a map are one matrix each, zero padding included, and act on memory
 * ordered position, image, channel. So everything is a plain matrix product, forward, and backward without any derivative written by hand.
 *
 * <p>The points of the polynomial are 0, 1, −1, 1/2, −2 and infinity. In float32 the largest error is 5e-6 of the largest value; that of the
 * direct convolution is up to 4e-6, of the paper's points 0, ±1, ±2 and infinity 1.3e-5 (ReLU of normal values, He-normal weights).
 *
 * <p>Whether it is used is decided when a program runs, by sizes alone: 3×3 kernels, maps up to 8×8 of which tiles of 4×4 waste at most a
 * third a side, at least 128 channels on both sides, at least 128 tiles in the batch. On a GPU it never is: there the library chooses
 * among such algorithms itself. Costs 2.25 times the memory of the input while a gradient is wanted.
 */
public final class Winograd {
    private static final Pattern CONVOLUTION =
            Pattern.compile("= torch\\.conv2d\\(([^,()]+), ([^,()]+), ([^,()]+), \\[1, 1\\], \\[1, 1\\], \\[1, 1\\], 1\\)$", Pattern.MULTILINE);

    private static final String METHODS =
            """
            def conv3x3(self, x: Tensor, w: Tensor, bias: Optional[Tensor]) -> Tensor:
              n, c, h, l, = torch.size(x)
              k = torch.size(w, 0)
              t = torch.floordiv(h + 3, 4)
              s = torch.floordiv(l + 3, 4)
              if (self).multiplies_less(x, w):
                bh, ah, = (self).tiles(x, h, t)
                bl, al, = (self).tiles(x, l, s)
                b = torch.reshape(torch.mul(torch.reshape(bh, [6, 1, t, 1, h, 1]), torch.reshape(bl, [1, 6, 1, s, 1, l])), [-1, h * l])
                a = torch.reshape(torch.mul(torch.reshape(ah, [h, 1, 6, 1, t, 1]), torch.reshape(al, [1, l, 1, 6, 1, s])), [h * l, -1])
                g = torch.div(torch.tensor([90., 0., 0., 30., 30., 30., -30., 30., -30., -96., -48., -24., 6., -12., 24., 0., 0., 90.], dtype=7, device=x.device), 90.)
                gg = torch.type_as(torch.reshape(torch.mul(torch.reshape(g, [6, 1, 3, 1]), torch.reshape(g, [1, 6, 1, 3])), [36, 9]), x)
                d = torch.reshape(torch.permute(x, [2, 3, 0, 1]), [h * l, n * c])
                v = torch.reshape(torch.mm(b, d), [36, -1, c])
                u = torch.reshape(torch.mm(gg, torch.t(torch.reshape(w, [k * c, 9]))), [36, k, c])
                m = torch.reshape(torch.bmm(v, torch.transpose(u, 1, 2)), [36 * t * s, n * k])
                z = torch.permute(torch.reshape(torch.mm(a, m), [h, l, n, k]), [2, 3, 0, 1])
                y = torch.contiguous(z, memory_format=2)
                if bias is not None:
                  y = torch.add_(y, torch.reshape(bias, [1, k, 1, 1]))
              else:
                y = torch.conv2d(x, w, bias, [1, 1], [1, 1], [1, 1], 1)
              return y
            def multiplies_less(self, x: Tensor, w: Tensor) -> bool:
              n, c, h, l, = torch.size(x)
              t = torch.floordiv(h + 3, 4)
              s = torch.floordiv(l + 3, 4)
              fits = torch.size(w, 2) == 3 and torch.size(w, 3) == 3 and h <= 8 and l <= 8 and 3 * t <= h and 3 * s <= l
              return fits and c >= 128 and torch.size(w, 0) >= 128 and n * t * s >= 128 and not x.is_cuda
            def tiles(self, x: Tensor, side: int, count: int) -> Tuple[Tensor, Tensor]:
              bt = torch.tensor([1., -1.5, -2., 1.5, 1., 0., 0., -1., 0.5, 2.5, 1., 0., 0., 1., -2.5, 0.5, 1., 0., 0., -2., -1., 2., 1., 0., 0., 0.5, -1., -0.5, 1., 0., 0., 1., -1.5, -2., 1.5, 1.], dtype=7, device=x.device)
              at = torch.tensor([1., 1., 1., 1., 1., 0., 0., 1., -1., 0.5, -2., 0., 0., 1., 1., 0.25, 4., 0., 0., 1., -1., 0.125, -8., 1.], dtype=7, device=x.device)
              b = torch.zeros([6, count, 4 * count + 2], dtype=7, device=x.device)
              a = torch.zeros([4 * count, 6, count], dtype=7, device=x.device)
              for i in range(count):
                _b = torch.copy_(torch.slice(torch.select(b, 1, i), 1, 4 * i, 4 * i + 6), torch.reshape(bt, [6, 6]))
                _a = torch.copy_(torch.select(torch.slice(a, 0, 4 * i, 4 * i + 4), 2, i), torch.reshape(at, [4, 6]))
              return (torch.type_as(torch.slice(b, 2, 1, side + 1), x), torch.type_as(torch.slice(a, 0, 0, side), x))
            """;

    private Winograd() {}

    /** The program with its 3×3 convolutions computed this way where that is faster; those in another precision stay as they are. */
    public static String in(String program) {
        String changed = CONVOLUTION.matcher(program).replaceAll("= (self).conv3x3($1, $2, $3)");
        return changed.equals(program) ? program : changed + METHODS;
    }
}
