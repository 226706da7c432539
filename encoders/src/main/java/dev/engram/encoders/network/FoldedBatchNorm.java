package dev.engram.encoders.network;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a batch normalization by running statistics into the convolution before it where nothing else reads that convolution's
 * result: with s = γ / √(σ² + ε) it becomes one convolution with the weight s·W and the bias s·(b − μ) + β. One pass over the
 * activation less for each; values change by rounding alone. For programs without gradients.
 */
final class FoldedBatchNorm {
    private static final Pattern NAME = Pattern.compile("\\bv\\d+\\b");
    private static final Pattern PAIR = Pattern.compile(
            "  (v\\d+) = torch\\.conv2d\\(([^,()]+), ([^,()]+), ([^,()]+), (\\[.*)\\)\\n"
                    + "  (v\\d+) = torch\\.batch_norm\\(\\1, ([^,()]+), ([^,()]+), ([^,()]+), ([^,()]+), False, 0\\.1, (\\S+), True\\)\\n");
    /** Where it is made, and the normalization. */
    private static final int ONLY_NORMALIZATION = 2;

    private FoldedBatchNorm() {}

    /** The program with normalizations folded where that is possible. */
    static String in(String program) {
        Map<String, Integer> uses = new HashMap<>();
        NAME.matcher(program).results().forEach(name -> uses.merge(name.group(), 1, Integer::sum));
        return PAIR.matcher(program).replaceAll(pair -> {
            boolean possible = uses.get(pair.group(1)) == ONLY_NORMALIZATION;
            String bias = pair.group(4).equals("None") ? "torch.neg(%s)" : "torch.sub(" + pair.group(4) + ", %s)";
            return Matcher.quoteReplacement(!possible ? pair.group() : """
                      s_%1$s = torch.mul(%3$s, torch.rsqrt(torch.add(%6$s, %7$s)))
                      w_%1$s = torch.mul(%9$s, torch.reshape(s_%1$s, [-1, 1, 1, 1]))
                      b_%1$s = torch.addcmul(%4$s, %8$s, s_%1$s)
                      %1$s = torch.conv2d(%2$s, w_%1$s, b_%1$s, %10$s)
                    """.formatted(
                            pair.group(6), pair.group(2), pair.group(7), pair.group(8), pair.group(9), pair.group(10), pair.group(11),
                            bias.formatted(pair.group(9)), pair.group(3), pair.group(5)));
        });
    }
}
