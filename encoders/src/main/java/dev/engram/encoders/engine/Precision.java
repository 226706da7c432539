package dev.engram.encoders.engine;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the convolutions and fully connected layers of a program multiply in. */
public enum Precision {
    /** As the program is written; on cards too, whose libraries would round convolutions to TF32 by default. */
    FLOAT32,
    /**
     * Both operands are rounded to bfloat16 (8 significant bits), products are summed in float32, the sum is rounded to bfloat16 and
     * handed on as float32; gradients pass the same way. Weights, their updates, normalizations, attention, residuals and losses
     * stay in float32, so nothing has to be scaled. What PyTorch's autocast does, but with float32 between the layers. Fast for wide
     * layers on processors with instructions for it (AVX512-BF16, AMX, tensor cores); the narrow convolutions of a ResNet-9 are slower
     * in it on a CPU, here as in PyTorch ({@code docs/benchmarks.md}).
     */
    BFLOAT16,
    /**
     * On CUDA devices from NVIDIA Ampere on: operands of all matrix products and convolutions of the process are rounded to 11 significant
     * bits, products are summed in float32. What PyTorch's {@code allow_tf32} does for {@code cuda.matmul} and {@code cudnn}; it is a mode of
     * the process, so resampled views and probes are computed in it too. Chosen by {@link TorchEngine#use}; a CPU has none.
     */
    TF32;

    private static final Pattern PRODUCT = Pattern.compile(
            "= torch\\.(conv2d|linear)\\(([^,()]+), ([^,()]+), ([^,()]+)(, .*)?\\)$", Pattern.MULTILINE);

    /** The name in recipes: {@code float32}, {@code bfloat16}, {@code tf32}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The precision of this name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static Precision named(String label) {
        for (Precision precision : values()) {
            if (precision.label().equals(label)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("precision: \"%s\" is unknown; there are float32, bfloat16, tf32".formatted(label));
    }

    /** The program with its layers in this precision. */
    public String in(String program) {
        return switch (this) {
            case FLOAT32, TF32 -> program;
            case BFLOAT16 -> PRODUCT.matcher(program).replaceAll(found -> {
                String rest = found.group(5) == null ? "" : found.group(5);
                return "= torch.to(torch.%s(%s, %s, %s%s), 6)".formatted(
                        found.group(1), rounded(found.group(2)), rounded(found.group(3)), rounded(found.group(4)), rest);
            });
        };
    }

    private static String rounded(String operand) {
        return operand.equals("None") ? operand : "torch.to(" + operand + ", 15)";
    }
}
