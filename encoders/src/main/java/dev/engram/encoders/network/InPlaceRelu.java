package dev.engram.encoders.network;

import dev.engram.encoders.engine.ProgramText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a ReLU write over its input where that input is used nowhere else and the operation that made it does not need it for
 * its gradient: one activation less for every ReLU. What reads the input before the ReLU and keeps nothing of it says so by {@link #readOnce}.
 * Changes no value.
 */
public final class InPlaceRelu {
    private static final Pattern NAME = Pattern.compile("\\bv\\d+\\b");
    private static final Pattern OVERWRITABLE = Pattern.compile("(v\\d+) = torch\\.(?:batch_norm|add)\\(");
    private static final Pattern READ_ONCE = Pattern.compile("\\bread_(v\\d+) = \\1\\n");
    private static final Pattern RELU = Pattern.compile("= torch\\.relu\\((v\\d+)\\)");
    /** Where it is made, and the ReLU. */
    private static final int ONLY_RELU = 2;

    private InPlaceRelu() {}

    /**
     * Another name of a value for lines that follow at once, before any operation of the network, and whose results do not lie in the value's
     * memory.
     */
    static String readOnce(String variable, ProgramText text) {
        String name = "read_" + variable;
        text.line("%s = %s", name, variable);
        return name;
    }

    /** The program with ReLUs in place where that is possible. */
    public static String in(String program) {
        Map<String, Integer> uses = new HashMap<>();
        NAME.matcher(program).results().forEach(name -> uses.merge(name.group(), 1, Integer::sum));
        READ_ONCE.matcher(program).results().forEach(read -> uses.merge(read.group(1), -1, Integer::sum));
        Set<String> overwritable = new HashSet<>();
        OVERWRITABLE.matcher(program).results().forEach(made -> overwritable.add(made.group(1)));
        Matcher relu = RELU.matcher(program);
        return relu.replaceAll(found -> {
            String input = found.group(1);
            boolean possible = overwritable.contains(input) && uses.get(input) == ONLY_RELU;
            return possible ? "= torch.relu_(" + input + ")" : found.group();
        });
    }
}
