package dev.engram.encoders.importing;

import dev.engram.encoders.checkpoint.StoredState;
import dev.engram.encoders.checkpoint.StoredTensor;
import dev.engram.encoders.network.NetworkFamily;
import dev.engram.encoders.network.NetworkOption;
import dev.engram.encoders.network.Networks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the networks that a state is nearest to. Every family is tried with its defaults; for the nearest few, one option after the other is
 * set to whatever its values and the file's shapes allow, and kept where that brings it nearer. What shapes do not show, such as the number of
 * attention heads, keeps its default. Cost: some hundred layouts, no weights; below a second.
 */
final class NetworkSearch {
    private static final int SMALL_SIDE = 32;
    private static final int LARGE_SIDE = 224;
    private static final List<Integer> SIDES = List.of(SMALL_SIDE, 28, 48, 64, 96, 128, 160, 192, LARGE_SIDE, 256, 288, 320, 384, 448, 512);
    private static final Set<String> NOT_SEEN = Set.of("classes", "heads", "initialization");
    private static final int REFINED_FAMILIES = 4;
    private static final int MOST_VALUES = 24;
    private static final double NEAR = 0.02;

    private final StoredState state;
    private final ImportQuestion question;
    private final Map<String, Optional<StateMatch>> tried = new HashMap<>();

    NetworkSearch(StoredState state, ImportQuestion question) {
        this.state = state;
        this.question = question;
    }

    /** Nearest first; only networks that have something of the file. */
    List<StateMatch> nearest() {
        List<StateMatch> first = new ArrayList<>();
        for (NetworkFamily family : Networks.families()) {
            if (question.network().isEmpty() || question.network().equals(family.name())) {
                start(family).ifPresent(first::add);
            }
        }
        Comparator<StateMatch> byScore = Comparator.comparingDouble((StateMatch match) -> -names(match));
        first.sort(byScore);
        List<StateMatch> refined = new ArrayList<>();
        for (StateMatch match : first) {
            refined.add(refined.size() < REFINED_FAMILIES ? refine(match) : match);
        }
        refined.removeIf(match -> match.score() < NEAR);
        refined.sort(Comparator.comparingDouble((StateMatch match) -> -match.score()).thenComparingInt(NetworkSearch::changes));
        return refined;
    }

    private Optional<StateMatch> start(NetworkFamily family) {
        int side = question.side() > 0 ? question.side() : SMALL_SIDE;
        return attempt(family.name(), side, question.options()).or(() -> attempt(family.name(), LARGE_SIDE, question.options()));
    }

    /** How many names both have: what decides which families are looked at closely. */
    private static double names(StateMatch match) {
        double both = match.loaded().size() + match.mismatched().size();
        return both / (both + match.missing().size() + match.unexpected().size());
    }

    private StateMatch refine(StateMatch from) {
        StateMatch best = from;
        List<NetworkOption> options = Networks.family(from.network().name()).options();
        for (int pass = 0; pass < 2 && !best.isStrict(); pass++) {
            for (NetworkOption option : options) {
                if (!NOT_SEEN.contains(option.name()) && !question.options().containsKey(option.name())) {
                    best = bestOf(best, option);
                }
            }
            best = bestSide(best);
        }
        return fittingSide(best);
    }

    private StateMatch bestOf(StateMatch from, NetworkOption option) {
        StateMatch best = from;
        for (String value : values(option, from)) {
            Map<String, String> options = new LinkedHashMap<>(from.network().options());
            options.put(option.name(), value);
            best = better(best, attemptAnySide(from, options));
        }
        return best;
    }

    /** With another option, another side may be needed: patches must tile the image. */
    private Optional<StateMatch> attemptAnySide(StateMatch from, Map<String, String> options) {
        String name = from.network().name();
        return attempt(name, side(from), options).or(() -> question.side() > 0 ? Optional.empty() : attempt(name, LARGE_SIDE, options));
    }

    private StateMatch bestSide(StateMatch from) {
        StateMatch best = from;
        for (int side : question.side() > 0 || from.mismatched().isEmpty() ? List.<Integer>of() : SIDES) {
            best = better(best, attempt(from.network().name(), side, from.network().options()));
        }
        return best;
    }

    /** Where the weights fit any side: 224 for networks that begin with a 7×7 convolution or large patches, as those of ImageNet do. */
    private StateMatch fittingSide(StateMatch match) {
        boolean large = match.loaded().stream()
                .findFirst()
                .map(first -> first.place().shape())
                .filter(shape -> shape.size() == 4 && shape.getLast() >= 7)
                .isPresent();
        if (question.side() > 0 || !large || side(match) == LARGE_SIDE) {
            return match;
        }
        return attempt(match.network().name(), LARGE_SIDE, match.network().options())
                .filter(other -> other.score() >= match.score())
                .orElse(match);
    }

    private Set<String> values(NetworkOption option, StateMatch from) {
        if (option.type() != NetworkOption.Type.INTEGER) {
            return new LinkedHashSet<>(option.choices());
        }
        Set<Long> numbers = new TreeSet<>(depths());
        from.mismatched().forEach(match -> addSizes(match.tensor(), numbers));
        from.unexpected().stream().limit(MOST_VALUES).forEach(tensor -> addSizes(tensor, numbers));
        Set<String> values = new LinkedHashSet<>();
        numbers.stream()
                .filter(number -> number >= option.minimum() && number <= option.maximum())
                .limit(MOST_VALUES)
                .forEach(number -> values.add(Long.toString(number)));
        return values;
    }

    private static void addSizes(StoredTensor tensor, Set<Long> numbers) {
        for (long size : tensor.shape()) {
            numbers.add(size);
        }
    }

    /** How many members the numbered groups of the file have: {@code blocks.11.norm1.weight} says 12. */
    private Set<Long> depths() {
        Map<String, Long> groups = new HashMap<>();
        for (String key : state.tensors().keySet()) {
            String[] parts = key.split("\\.");
            StringBuilder before = new StringBuilder();
            for (String part : parts) {
                if (part.matches("[0-9]{1,3}")) {
                    groups.merge(before.toString(), Long.parseLong(part) + 1, Math::max);
                }
                before.append(part).append('.');
            }
        }
        return new TreeSet<>(groups.values());
    }

    private static StateMatch better(StateMatch best, Optional<StateMatch> other) {
        return other.filter(match -> match.nearness() > best.nearness()).orElse(best);
    }

    private Optional<StateMatch> attempt(String name, int side, Map<String, String> options) {
        return tried.computeIfAbsent(name + " " + side + " " + new TreeMap<>(options), key ->
                Candidate.of(name, side, options).map(candidate -> candidate.match(state, question.prefix())));
    }

    private static int side(StateMatch match) {
        return Math.toIntExact(match.network().input().getLast());
    }

    private static int changes(StateMatch match) {
        Map<String, String> defaults = Networks.family(match.network().name()).options(Map.of()).values();
        return (int) match.network().options().entrySet().stream()
                .filter(option -> !option.getValue().equals(defaults.get(option.getKey())))
                .count();
    }
}
