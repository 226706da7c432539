package dev.engram.attack.trace;

import dev.engram.attack.dejavu.Cell;
import dev.engram.attack.dejavu.Interval;
import dev.engram.attack.run.Direction;
import dev.engram.v1.TracedGroup;
import dev.engram.v1.TracedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The figures of one crop at one cut, group by group. */
final class TracedGroups {
    static final String TRACED = "traced";
    static final String OTHERS = "others";
    static final String UNSEEN = "unseen";
    static final String ALL = "all";

    private static final double[] TARGET = {1, 0};
    private static final double[] REFERENCE = {0, 1};
    private static final double[] SCORE = {1, -1};

    private final List<AttackVerdicts> attacks;
    private final int crop;
    private final Direction seen;
    private final TracedStates states;
    private final Bootstrap bootstrap;

    /** How intervals are drawn. */
    record Bootstrap(int resamples, long seed, Runnable stopPoint) {
        PairedStates of(List<boolean[][]> strata) {
            return new PairedStates(strata, resamples, seed, stopPoint);
        }
    }

    /**
     * @param attacks before, pruned, then the controls
     * @param seen the direction of the images that the pruned encoder saw
     */
    TracedGroups(List<AttackVerdicts> attacks, int crop, Direction seen, Bootstrap bootstrap) {
        this.attacks = attacks;
        this.crop = crop;
        this.seen = seen;
        this.states = new TracedStates(attacks.size() - 2);
        this.bootstrap = bootstrap;
    }

    /** Groups without an image are left out. */
    List<TracedGroup> of(Set<Long> traced) {
        List<Long> own = List.copyOf(attacks.getFirst().of(crop, seen.key()).keySet());
        List<Long> unseen = List.copyOf(attacks.getFirst().of(crop, seen.other().key()).keySet());
        List<TracedGroup> groups = new ArrayList<>();
        add(TRACED, List.<boolean[][]>of(verdicts(seen, own.stream().filter(traced::contains).toList())), groups);
        add(OTHERS, List.<boolean[][]>of(verdicts(seen, own.stream().filter(image -> !traced.contains(image)).toList())), groups);
        add(UNSEEN, List.<boolean[][]>of(verdicts(seen.other(), unseen)), groups);
        add(ALL, List.<boolean[][]>of(verdicts(seen, own), verdicts(seen.other(), unseen)), groups);
        return groups;
    }

    private void add(String name, List<boolean[][]> strata, List<TracedGroup> groups) {
        if (strata.stream().anyMatch(stratum -> stratum.length == 0)) {
            return;
        }
        PairedStates paired = bootstrap.of(strata);
        TracedGroup.Builder group = TracedGroup.newBuilder()
                .setGroup(name)
                .setImages(strata.stream().mapToInt(stratum -> stratum.length).sum());
        states.states().forEach((state, weights) -> group.addStates(state(state, paired, weights)));
        states.differences().forEach((state, weights) -> group.addDifferences(state(state, paired, weights)));
        groups.add(group.build());
    }

    private static TracedState state(String name, PairedStates paired, double[] weights) {
        List<Interval> figures = TracedStates.figures(paired, weights, 2, TARGET, REFERENCE, SCORE);
        return TracedState.newBuilder()
                .setState(name)
                .setTarget(TracedMessages.interval(figures.get(0)))
                .setReference(TracedMessages.interval(figures.get(1)))
                .setScore(TracedMessages.interval(figures.get(2)))
                .build();
    }

    /** Of each image, in every attack: whether the target was right, whether the reference was. */
    private boolean[][] verdicts(Direction direction, List<Long> images) {
        boolean[][] verdicts = new boolean[images.size()][2 * attacks.size()];
        for (int attack = 0; attack < attacks.size(); attack++) {
            Map<Long, Cell> cells = attacks.get(attack).of(crop, direction.key());
            for (int i = 0; i < verdicts.length; i++) {
                Cell cell = cells.get(images.get(i));
                if (cell == null) {
                    throw new IllegalArgumentException("image %d was not attacked in every attack".formatted(images.get(i)));
                }
                verdicts[i][2 * attack] = cell == Cell.MEMORIZED || cell == Cell.CORRELATED;
                verdicts[i][2 * attack + 1] = cell == Cell.MISREPRESENTED || cell == Cell.CORRELATED;
            }
        }
        return verdicts;
    }
}
