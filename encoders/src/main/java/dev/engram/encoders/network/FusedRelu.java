package dev.engram.encoders.network;

import dev.engram.encoders.engine.ProgramException;
import dev.engram.encoders.engine.TorchProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a convolution apply the ReLU after it, and the residual addition between them, to each value while it writes it: one or two passes
 * over the activation less. Done where nothing else reads what lies between. For programs without gradients.
 *
 * <p>On a CPU, in float32, and where the library has oneDNN, this is one of its operators, decided when the program runs; elsewhere, and where {@link Winograd} multiplies
 * less, the operators are those of before. Values change by rounding alone.
 */
final class FusedRelu {
    private static final Pattern NAME = Pattern.compile("\\bv\\d+\\b");
    private static final Pattern LINE = Pattern.compile("  (v\\d+) = torch\\.(conv2d|add|relu_?)\\((.*)\\)");
    private static final Pattern OPERANDS =
            Pattern.compile("([^,()]+), ([^,()]+), ([^,()]+), (\\[\\d+, \\d+\\]), (\\[\\d+, \\d+\\]), \\[1, 1\\], 1");
    /** Where it is made, and the one operator that reads it. */
    private static final int ONE_READER = 2;

    private static final String METHODS =
            """
            def fusible(self, x: Tensor) -> bool:
              return x.dtype == 6 and not x.is_cuda
            def conv_relu(self, x: Tensor, w: Tensor, bias: Optional[Tensor], stride: List[int], padding: List[int]) -> Tensor:
              if stride == [1, 1] and padding == [1, 1] and (self).multiplies_less(x, w):
                y = torch.relu_((self).conv3x3(x, w, bias))
              else:
                if (self).fusible(x):
                  y = ops.mkldnn._convolution_pointwise(x, w, bias, padding, stride, [1, 1], 1, "relu", annotate(List[Optional[number]], []), "")
                else:
                  y = torch.relu_(torch.conv2d(x, w, bias, stride, padding, [1, 1], 1))
              return y
            def conv_add_relu(self, x: Tensor, w: Tensor, bias: Optional[Tensor], stride: List[int], padding: List[int], z: Tensor) -> Tensor:
              if stride == [1, 1] and padding == [1, 1] and (self).multiplies_less(x, w):
                y = torch.relu_(torch.add_((self).conv3x3(x, w, bias), z))
              else:
                if (self).fusible(x):
                  y = ops.mkldnn._convolution_pointwise(x, z, w, bias, padding, stride, [1, 1], 1, "add", 1., "relu", annotate(List[Optional[number]], []), "")
                else:
                  y = torch.relu_(torch.add_(torch.conv2d(x, w, bias, stride, padding, [1, 1], 1), z))
              return y
            """;

    private FusedRelu() {}

    /** The program with convolutions and ReLUs computed together where that is possible, and the rest by {@link Winograd}. */
    static String in(String program) {
        return OneDnn.PRESENT ? fused(program) : Winograd.in(program);
    }

    static String fused(String program) {
        Map<String, Integer> uses = new HashMap<>();
        NAME.matcher(program).results().forEach(name -> uses.merge(name.group(), 1, Integer::sum));
        List<String> lines = new ArrayList<>(program.lines().toList());
        Map<String, Made> made = new HashMap<>();
        boolean fused = false;
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = LINE.matcher(lines.get(i));
            if (!line.matches()) {
                continue;
            }
            Made operation = new Made(i, line.group(2), line.group(3));
            String call = operation.operator().startsWith("relu") ? call(operation.operands(), made, uses, lines) : null;
            if (call != null) {
                lines.set(i, "  " + line.group(1) + " = " + call);
                fused = true;
            }
            made.put(line.group(1), operation);
        }
        String result = lines.stream().filter(line -> !line.isEmpty()).map(line -> line + "\n").reduce("", String::concat);
        return fused ? Winograd.always(result) + METHODS : Winograd.in(result);
    }

    /** The call that makes the operand of a ReLU with it, or null if that is not possible; removes the lines it stands for. */
    private static String call(String operand, Map<String, Made> made, Map<String, Integer> uses, List<String> lines) {
        Made sum = single(operand, "add", made, uses);
        if (sum == null) {
            Made convolution = convolution(operand, made, uses);
            return convolution == null ? null : convolution.into("conv_relu", "", lines);
        }
        String[] summands = sum.operands().split(", ");
        for (int i = 0; summands.length == 2 && i < 2; i++) {
            Made convolution = convolution(summands[i], made, uses);
            if (convolution != null) {
                lines.set(sum.line(), "");
                return convolution.into("conv_add_relu", ", " + summands[1 - i], lines);
            }
        }
        return null;
    }

    private static Made convolution(String name, Map<String, Made> made, Map<String, Integer> uses) {
        Made found = single(name, "conv2d", made, uses);
        return found != null && OPERANDS.matcher(found.operands()).matches() ? found : null;
    }

    private static Made single(String name, String operator, Map<String, Made> made, Map<String, Integer> uses) {
        Made found = made.get(name);
        return found != null && found.operator().equals(operator) && uses.get(name) == ONE_READER ? found : null;
    }

    /** Not every platform's library is built with it; asked once. */
    private static final class OneDnn {
        static final boolean PRESENT = present();

        private static boolean present() {
            try {
                TorchProgram.compile(Winograd.always(METHODS)).close();
                return true;
            } catch (ProgramException e) {
                if (e.getMessage().contains("mkldnn::")) {
                    return false;
                }
                throw e;
            }
        }
    }

    /** An operation, its line and its operands as they are written. */
    private record Made(int line, String operator, String operands) {
        String into(String method, String more, List<String> lines) {
            Matcher parts = OPERANDS.matcher(operands);
            if (!parts.matches()) {
                throw new IllegalStateException(operands);
            }
            lines.set(line, "");
            return "(self).%s(%s, %s, %s, %s, %s%s)".formatted(
                    method, parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5), more);
        }
    }
}
