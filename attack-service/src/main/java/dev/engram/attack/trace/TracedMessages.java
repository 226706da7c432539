package dev.engram.attack.trace;

import dev.engram.attack.run.ProbeTable;
import dev.engram.v1.EncoderEdit;
import dev.engram.v1.Interval;
import dev.engram.v1.ProbeState;
import dev.engram.v1.TracedLayer;
import dev.engram.v1.TracedProbe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parts of the result beside the attack's figures. */
final class TracedMessages {
    private static final double[] RIGHT = {1};

    private TracedMessages() {}

    static Interval interval(dev.engram.attack.dejavu.Interval interval) {
        return Interval.newBuilder().setValue(interval.value()).setCiLow(interval.low()).setCiHigh(interval.high()).build();
    }

    /**
     * The probes of the pruned side.
     *
     * @param probes before, pruned, then the controls
     * @param side {@code f} or {@code g}
     * @throws IllegalArgumentException if they were not of the same images
     */
    static List<TracedProbe> probes(List<ProbeVerdicts> probes, String side, TracedGroups.Bootstrap bootstrap) {
        TracedStates states = new TracedStates(probes.size() - 2);
        List<TracedProbe> parts = new ArrayList<>();
        for (String part : List.of(ProbeTable.TRAINING, ProbeTable.VALIDATION)) {
            boolean[][] verdicts = verdicts(probes, side, part);
            PairedStates paired = bootstrap.of(List.<boolean[][]>of(verdicts));
            TracedProbe.Builder probe = TracedProbe.newBuilder().setPart(part).setImages(verdicts.length);
            states.states().forEach((state, weights) -> probe.addStates(state(state, paired, weights)));
            states.differences().forEach((state, weights) -> probe.addDifferences(state(state, paired, weights)));
            parts.add(probe.build());
        }
        return parts;
    }

    private static boolean[][] verdicts(List<ProbeVerdicts> probes, String side, String part) {
        Set<Long> images = probes.getFirst().of(side, part).keySet();
        boolean[][] verdicts = new boolean[images.size()][probes.size()];
        for (int state = 0; state < probes.size(); state++) {
            Map<Long, Boolean> right = probes.get(state).of(side, part);
            if (!right.keySet().equals(images) || images.isEmpty()) {
                throw new IllegalArgumentException("the %s probes of %s are not of the same images".formatted(part, side));
            }
            int image = 0;
            for (long id : images) {
                verdicts[image++][state] = right.get(id);
            }
        }
        return verdicts;
    }

    private static ProbeState state(String name, PairedStates paired, double[] weights) {
        return ProbeState.newBuilder()
                .setState(name)
                .setAccuracy(interval(TracedStates.figures(paired, weights, 1, RIGHT).getFirst()))
                .build();
    }

    /** What was pruned of each layer, and how far the controls had to prune the same. */
    static List<TracedLayer> layers(EncoderEdit pruned, List<EncoderEdit> controls) {
        List<TracedLayer> layers = new ArrayList<>();
        for (int i = 0; i < pruned.getLayersCount(); i++) {
            EncoderEdit.Layer layer = pruned.getLayers(i);
            TracedLayer.Builder message =
                    TracedLayer.newBuilder().setLayer(layer.getLayer()).setUnits(layer.getUnits()).setPruned(layer.getChangedCount());
            for (EncoderEdit control : controls) {
                Set<Integer> both = new HashSet<>(layer.getChangedList());
                both.retainAll(control.getLayers(i).getChangedList());
                message.addOverlaps(both.size());
            }
            layers.add(message.build());
        }
        return layers;
    }
}
