package dev.engram.encoders.method;

import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.optim.Schedule;
import java.util.List;
import java.util.Map;

/** How a batch becomes a loss. Immutable; holds no weights. */
public interface TrainingMethod {
    /** Stable name, as specs and manifests write it, such as {@code byol}. */
    String name();

    /** Encoder and projector: what is kept and measured after training. Their state is part of that of {@link #parts}. */
    ProjectedEncoder model();

    /** What every batch must hold. */
    BatchNeeds needs();

    /** All that gradients train, the encoder first. */
    List<Part> parts();

    /**
     * Those of {@link #parts} that have a teacher: a copy that starts equal, gets no gradient, and follows as a moving average
     * after every step. Empty if the method has none.
     */
    default List<Part> teacher() {
        return List.of();
    }

    /** State beyond that of the parts, changed by the method itself; named below {@link Part#HEADS}. */
    default List<StateSpec> buffers() {
        return List.of();
    }

    /** Names of the scheduled numbers it reads; each needs a schedule in the plan. */
    default List<String> scalars() {
        return List.of();
    }

    /** Schedules of its {@link #scalars} and of {@link #FREEZE}, as its settings want them. */
    default Map<String, Schedule> schedules(int stepsPerEpoch) {
        return Map.of();
    }

    /**
     * Parameters that stay as they are, with all that the optimizer remembers of them, while the scheduled number
     * {@link #FREEZE} is above 0. Empty if there are none.
     */
    default List<String> freezable() {
        return List.of();
    }

    /** Writes forward passes and loss into a training program. */
    Loss loss(MethodProgram program);

    /** Name of the scheduled number that freezes {@link #freezable} parameters while it is above 0. */
    String FREEZE = "freeze";
}
