package dev.engram.attack.run;

import dev.engram.attack.run.Direction.Side;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.TrainEncoderSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whose memory a test of one model is about.
 *
 * @param encoders by the side they stand on; one, or both of a pair
 * @param directions whose images are attacked; the target of each is among the encoders
 */
record TestedEncoders(Map<Side, String> encoders, List<Direction> directions, String split, String dataset) {

    /** @throws RunFailure INVALID_SPEC if it is not known which images an encoder saw */
    static TestedEncoders of(RunContext run, OneModelSpec spec) {
        if (!spec.getPair().isEmpty()) {
            ResolvedPair pair = run.pair(spec.getPair());
            return new TestedEncoders(
                    Map.of(Side.F, pair.candidate(), Side.G, pair.reference()),
                    List.of(Direction.values()),
                    pair.split(),
                    pair.dataset());
        }
        TrainEncoderSpec training = run.specOf(spec.getEncoder()).getTrainEncoder();
        String split = spec.getSplit().isEmpty() ? training.getSplit() : spec.getSplit();
        if (split.isEmpty()) {
            throw RunFailure.invalidSpec("spec.split: %s was trained on no split, so it must be said which images it saw"
                    .formatted(spec.getEncoder()));
        }
        Direction direction = direction(spec, training);
        return new TestedEncoders(
                Map.of(direction.target(), spec.getEncoder()),
                List.of(direction),
                split,
                run.specOf(split).getCreateSplit().getDataset());
    }

    boolean isPair() {
        return encoders.size() > 1;
    }

    /** What is searched: every encoder on every direction, as the two-model test needs it. */
    List<AttackUnit> units() {
        List<AttackUnit> units = new ArrayList<>();
        for (Side side : Side.values()) {
            if (encoders.containsKey(side)) {
                directions.forEach(direction -> units.add(new AttackUnit(0, side, 0, direction)));
            }
        }
        return units;
    }

    private static Direction direction(OneModelSpec spec, TrainEncoderSpec training) {
        boolean independent = spec.getMembers().isEmpty()
                ? training.getSide() == TrainEncoderSpec.Side.REFERENCE
                : spec.getMembers().equals(OneModelRules.INDEPENDENT);
        return independent ? Direction.INDEPENDENT : Direction.CANDIDATE;
    }
}
