package dev.engram.encoders.importing;

import dev.engram.encoders.checkpoint.StoredState;
import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.Projector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a file: the state and the network that fit best, and everything that does not fit.
 *
 * @param state the state of the file that is taken
 * @param match how it fits; empty if no network is near
 * @param nearest networks, nearest first, at most {@value #MOST_NEAREST}
 * @param projector if one was asked for and found
 * @param projectorTensors its tensors and their places, names below {@code projector.}
 * @param notes what a person should know, one sentence each
 */
public record ImportPlan(
        StoredState state,
        Optional<StateMatch> match,
        List<StateMatch> nearest,
        Optional<Projector> projector,
        List<KeyMatch> projectorTensors,
        List<String> notes) {
    static final int MOST_NEAREST = 5;

    /** A state's best match must have this much of the network if nobody named the network. */
    private static final double ENOUGH = 0.5;

    private static final List<String> PREFERRED = List.of("", "state_dict", "model_state_dict", "model", "encoder", "teacher", "ema", "student");

    /**
     * Looks at a file. Reads no elements.
     *
     * @throws IllegalArgumentException naming the field that asks for what there is not: container, network, network_options, side
     */
    public static ImportPlan of(WeightsFile file, ImportQuestion question) {
        List<StoredState> states = states(file, question.container());
        if (!question.network().isEmpty()) {
            Networks.family(question.network()).options(question.options());
        }
        ImportPlan best = null;
        List<String> equals = new ArrayList<>();
        for (StoredState state : states) {
            ImportPlan plan = of(state, question);
            int order = best == null ? 1 : Double.compare(plan.score(), best.score());
            if (order > 0) {
                best = plan;
                equals.clear();
            } else if (order == 0 && plan.score() > 0) {
                equals.add(state.container());
            }
        }
        if (!equals.isEmpty()) {
            best.notes().add("container %s fits as well as %s; %s was taken".formatted(
                    String.join(" and ", equals.stream().map(ImportPlan::quoted).toList()),
                    quoted(best.state().container()), quoted(best.state().container())));
        }
        return best;
    }

    /** In the order in which equals are preferred. */
    private static List<StoredState> states(WeightsFile file, String container) {
        List<StoredState> states = new ArrayList<>(file.states());
        if (states.isEmpty()) {
            throw new IllegalArgumentException("the file holds no named tensors");
        }
        states.sort(Comparator.comparingInt(state -> {
            int place = PREFERRED.indexOf(state.container());
            return place < 0 ? PREFERRED.size() : place;
        }));
        if (container.isEmpty()) {
            return states;
        }
        return List.of(states.stream().filter(state -> state.container().equals(container)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("reading.container: there is no \"%s\"; there are %s".formatted(
                        container, String.join(", ", states.stream().map(state -> quoted(state.container())).toList())))));
    }

    private static ImportPlan of(StoredState state, ImportQuestion question) {
        List<StateMatch> nearest = new NetworkSearch(state, question).nearest();
        List<String> notes = new ArrayList<>();
        Optional<StateMatch> match = question.network().isEmpty()
                ? nearest.stream().findFirst().filter(found -> found.isStrict() || found.coverage() >= ENOUGH)
                : Optional.of(nearest.stream().findFirst().orElseGet(() -> asked(state, question)));
        Optional<ProjectorSearch.Found> projector = question.projectorPrefix().isEmpty()
                ? Optional.empty()
                : match.flatMap(found -> ProjectorSearch.find(state, question.projectorPrefix(), found.network()));
        if (!question.projectorPrefix().isEmpty() && match.isPresent() && projector.isEmpty()) {
            notes.add("nothing below %s is a projector: numbered layers Linear, batch normalization, ReLU".formatted(question.projectorPrefix()));
        }
        match.ifPresent(found -> ImportNotes.of(state, found, notes));
        return new ImportPlan(
                state,
                match.map(found -> withoutProjector(found, projector)),
                nearest.stream().limit(MOST_NEAREST).toList(),
                projector.map(ProjectorSearch.Found::projector),
                projector.map(ProjectorSearch.Found::tensors).orElse(List.of()),
                notes);
    }

    private static StateMatch asked(StoredState state, ImportQuestion question) {
        int side = question.side() > 0 ? question.side() : 32;
        return Candidate.make(question.network(), side, question.options()).match(state, question.prefix());
    }

    /** The projector's tensors are not left over. */
    private static StateMatch withoutProjector(StateMatch match, Optional<ProjectorSearch.Found> projector) {
        projector.ifPresent(found -> found.tensors().forEach(tensor -> {
            match.unexpected().remove(tensor.tensor());
            match.outside().remove(tensor.tensor());
        }));
        return match;
    }

    private double score() {
        return match.map(StateMatch::score).orElse(nearest.isEmpty() ? 0 : nearest.getFirst().score());
    }

    private static String quoted(String container) {
        return '"' + container + '"';
    }
}
