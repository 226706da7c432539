package dev.engram.encoders.optim;

import dev.engram.encoders.network.StateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Which parameters an optimizer treats differently. Vectors are tensors of one dimension: biases, scales and shifts of
 * normalization.
 *
 * @param decayVectors whether vectors are decayed too, as {@code torch.optim} does; self-supervised practice does not
 * @param undecayed further parameters that are not decayed, each by its name or by the beginning of names up to a dot
 * @param vectorRate learning rate of vectors by that of all others, positive; 1 in all papers but Barlow Twins (J. Zbontar et
 *     al., ICML 2021, <a href="https://arxiv.org/abs/2103.03230">arXiv 2103.03230</a>: 0.0048 / 0.2)
 * @param fixed parameters whose learning rate stays as it is
 */
public record ParameterRules(boolean decayVectors, List<String> undecayed, double vectorRate, FixedRate fixed) {
    /** Vectors are not decayed, everything else is; one learning rate. */
    public static final ParameterRules USUAL = new ParameterRules(false, List.of(), 1);

    public ParameterRules {
        undecayed = List.copyOf(undecayed);
        if (!(vectorRate > 0) || Double.isInfinite(vectorRate)) {
            throw new IllegalArgumentException("rate of vectors must be positive, is " + vectorRate);
        }
    }

    /** Rules by which every learning rate follows the schedule. */
    public ParameterRules(boolean decayVectors, List<String> undecayed, double vectorRate) {
        this(decayVectors, undecayed, vectorRate, FixedRate.NONE);
    }

    /**
     * The parameters in groups treated alike; none is empty, none is missing.
     *
     * @throws IllegalArgumentException if a name of {@link #undecayed} or {@link #fixed} fits no parameter
     */
    List<ParameterGroup> groups(List<StateSpec> parameters) {
        requireNames("undecayed", undecayed, parameters);
        requireNames("fixed_rate", fixed.names(), parameters);
        List<ParameterGroup> groups = new ArrayList<>();
        for (boolean scheduled : new boolean[] {true, false}) {
            for (boolean vectors : new boolean[] {false, true}) {
                for (boolean decayed : new boolean[] {true, false}) {
                    List<Integer> positions = IntStream.range(0, parameters.size())
                            .filter(i -> isFixed(parameters.get(i)) != scheduled)
                            .filter(i -> isVector(parameters.get(i)) == vectors)
                            .filter(i -> isDecayed(parameters.get(i)) == decayed)
                            .boxed()
                            .toList();
                    if (!positions.isEmpty()) {
                        groups.add(new ParameterGroup(positions, vectors, decayed, vectors ? vectorRate : 1,
                                scheduled ? OptionalDouble.empty() : OptionalDouble.of(fixed.rate())));
                    }
                }
            }
        }
        return groups;
    }

    private static void requireNames(String field, List<String> names, List<StateSpec> parameters) {
        for (String name : names) {
            if (parameters.stream().noneMatch(parameter -> names(name, parameter))) {
                throw new IllegalArgumentException("%s: there is no parameter \"%s\"".formatted(field, name));
            }
        }
    }

    private boolean isFixed(StateSpec parameter) {
        return fixed.names().stream().anyMatch(name -> names(name, parameter));
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
