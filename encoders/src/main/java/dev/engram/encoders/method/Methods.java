package dev.engram.encoders.method;

import java.util.List;

/** The methods that can train an encoder, by the names that specs and manifests write. Defaults are those of the papers. */
public final class Methods {
    private static final List<MethodFamily> FAMILIES = List.of(
            ContrastiveFamilies.simClr(),
            ContrastiveFamilies.vicReg(),
            ContrastiveFamilies.barlowTwins(),
            PredictorFamilies.byol(),
            PredictorFamilies.simSiam(),
            DinoFamily.dino(),
            MaskedFamilies.mae(),
            MaskedFamilies.msn(),
            MaskedFamilies.pmsn(),
            ContrastiveFamilies.supCon(),
            SupervisedFamily.supervised());

    private Methods() {}

    /** Everything there is to choose from, the default first. */
    public static List<MethodFamily> families() {
        return FAMILIES;
    }

    /** The names of the methods. */
    public static List<String> names() {
        return FAMILIES.stream().map(MethodFamily::name).toList();
    }

    /**
     * The method of this name.
     *
     * @throws IllegalArgumentException naming the known methods
     */
    public static MethodFamily family(String name) {
        return FAMILIES.stream().filter(family -> family.name().equals(name)).findFirst().orElseThrow(() ->
                new IllegalArgumentException(
                        "objective: \"%s\" is unknown; there are %s".formatted(name, String.join(", ", names()))));
    }
}
