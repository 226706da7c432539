package dev.engram.encoders.optim;

import dev.engram.encoders.network.StateSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Which parameters an optimizer treats differently. Vectors are tensors of one dimension: biases, scales and shifts of
 * normalization.
 *
 * @param decayVectors whether vectors are decayed too, as {@code torch.optim} does; self-supervised practice does not
 * @param undecayed further parameters that are not decayed, each by its name or by the beginning of names up to a dot
 * @param vectorRate learning rate of vectors by that of all others, positive; 1 in all papers but Barlow Twins (J. Zbontar et
 *     al., ICML 2021, <a href="https://arxiv.org/abs/2103.03230">arXiv 2103.03230</a>: 0.0048 / 0.2)
 */
public record ParameterRules(boolean decayVectors, List<String> undecayed, double vectorRate) {
    /** Vectors are not decayed, everything else is; one learning rate. */
    public static final ParameterRules USUAL = new ParameterRules(false, List.of(), 1);

    public ParameterRules {
        undecayed = List.copyOf(undecayed);
        if (!(vectorRate > 0) || Double.isInfinite(vectorRate)) {
            throw new IllegalArgumentException("rate of vectors must be positive, is " + vectorRate);
        }
    }

    /**
     * The parameters in groups treated alike; none is empty, none is missing.
     *
     * @throws IllegalArgumentException if a name of {@link #undecayed} fits no parameter
     */
    List<ParameterGroup> groups(List<StateSpec> parameters) {
        for (String name : undecayed) {
            if (parameters.stream().noneMatch(parameter -> names(name, parameter))) {
                throw new IllegalArgumentException("undecayed: there is no parameter \"%s\"".formatted(name));
            }
        }
        List<ParameterGroup> groups = new ArrayList<>();
        for (boolean vectors : new boolean[] {false, true}) {
            for (boolean decayed : new boolean[] {true, false}) {
                List<Integer> positions = new ArrayList<>();
                for (int i = 0; i < parameters.size(); i++) {
                    if (isVector(parameters.get(i)) == vectors && isDecayed(parameters.get(i)) == decayed) {
                        positions.add(i);
                    }
                }
                if (!positions.isEmpty()) {
                    groups.add(new ParameterGroup(positions, vectors, decayed, vectors ? vectorRate : 1));
                }
            }
        }
        return groups;
    }

    private boolean isDecayed(StateSpec parameter) {
        return (decayVectors || !isVector(parameter)) && undecayed.stream().noneMatch(name -> names(name, parameter));
    }

    private static boolean names(String name, StateSpec parameter) {
        return parameter.name().equals(name) || name.endsWith(".") && parameter.name().startsWith(name);
    }

    private static boolean isVector(StateSpec parameter) {
        return parameter.shape().size() == 1;
    }
}
