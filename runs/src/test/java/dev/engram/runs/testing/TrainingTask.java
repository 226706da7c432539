package dev.engram.runs.testing;

import dev.engram.runs.RunContext;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.RunSpec;
import java.util.List;

/** Declares what data sets, splits and encoders depend on; executes nothing. */
public record TrainingTask(RunSpec.TaskCase kind) implements RunTask {

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        if (spec.hasTrainEncoder()) {
            int epochs = spec.getTrainEncoder().getRecipe().getEpochs();
            violations.require(epochs >= 1, "spec.recipe.epochs", "must be at least 1, is " + epochs);
        }
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return switch (spec.getTaskCase()) {
            case CREATE_SPLIT -> List.of(spec.getCreateSplit().getDataset());
            case TRAIN_ENCODER -> List.of(spec.getTrainEncoder().getSplit());
            default -> List.of();
        };
    }

    @Override
    public void execute(RunContext run) {
        throw new UnsupportedOperationException("only declares");
    }
}
