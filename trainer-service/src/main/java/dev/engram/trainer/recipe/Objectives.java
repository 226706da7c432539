package dev.engram.trainer.recipe;

import dev.engram.trainer.recipe.ObjectiveChoice.Option;
import java.util.List;
import java.util.Optional;

/** The objectives that a recipe may name, with their hyper-parameters; the default first. */
final class Objectives {
    static final List<ObjectiveChoice> ALL = List.of(simclr());

    private Objectives() {}

    static List<String> names() {
        return ALL.stream().map(ObjectiveChoice::name).toList();
    }

    /** The objective of this name, or the default one where there is no name; empty if the name is not known. */
    static Optional<ObjectiveChoice> find(String name) {
        return name.isEmpty()
                ? Optional.of(ALL.getFirst())
                : ALL.stream().filter(choice -> choice.name().equals(name)).findFirst();
    }

    private static ObjectiveChoice simclr() {
        return new ObjectiveChoice(
                "simclr",
                "Each view shall be nearer to its image's other view than to all other images (Chen et al., ICML 2020).",
                List.of(new Option("temperature", Range.above(0), 0.5, "Divides the cosine similarities.")),
                List.of(256, 64),
                Optional.empty(),
                false);
    }
}
