package dev.engram.trainer.recipe;

import dev.engram.v1.LearningRateSchedule;
import java.util.List;
import java.util.Set;

/** What each schedule of the learning rate can be told. Defaults of {@code one_cycle} are PyTorch's. */
final class ScheduleOptionTable {
    private static final Set<String> COSINE = Set.of("warmup_cosine");
    private static final Set<String> WITH_WARMUP = Set.of("warmup_cosine", "step", "constant");
    private static final Set<String> STEP = Set.of("step");
    private static final Set<String> ONE_CYCLE = Set.of("one_cycle");

    static final OptionTable TABLE = new OptionTable(LearningRateSchedule.getDescriptor(), List.of(
            OptionField.number("final_fraction", COSINE, Range.closed(0, 1), 0.001, "Last rate by the peak."),
            OptionField.number("start_fraction", WITH_WARMUP, Range.closed(0, 1), 0, "First rate of the warm-up by the peak."),
            OptionField.number("stretch", COSINE, Range.atLeast(1), 1,
                    "Runs the cosines of a training this many times as long, cut off at the end."),
            OptionField.number("gamma", STEP, Range.from(0, 1), 0.1, "Factor of each fall."),
            OptionField.dependent("milestones", STEP, Range.above(0), "Epochs at which the rate falls, strictly increasing."),
            OptionField.dependent("step_size", STEP, Range.above(0),
                    "Epochs between falls where there are no milestones; a third of the epochs if not set."),
            OptionField.number("pct_start", ONE_CYCLE, Range.open(0, 1), 0.3, "Share of the steps that rise."),
            OptionField.number("div_factor", ONE_CYCLE, Range.above(0), 25, "Peak by the first rate."),
            OptionField.number("final_div_factor", ONE_CYCLE, Range.above(0), 1e4, "First rate by the last."),
            OptionField.flag("cycle_momentum", ONE_CYCLE, true, "Momentum (beta1) goes the opposite way."),
            OptionField.number("base_momentum", ONE_CYCLE, Range.upTo(0, 1), 0.85, "Momentum at the peak."),
            OptionField.number("max_momentum", ONE_CYCLE, Range.upTo(0, 1), 0.95, "Momentum at both ends.")));

    private ScheduleOptionTable() {}
}
