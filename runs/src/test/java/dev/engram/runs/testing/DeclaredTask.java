package dev.engram.runs.testing;

import dev.engram.runs.RunContext;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import java.util.stream.IntStream;

/** Declares what is wrong with a spec and what it depends on, for the kinds the tests need; executes nothing. */
public record DeclaredTask(RunSpec.TaskCase kind) implements RunTask {

    /** A spec that depends on nothing. */
    public static RunSpec spec(int views) {
        return RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setViews(views)).build();
    }

    /** A spec whose run has parts. */
    public static RunSpec inParts(int parts) {
        return RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setViews(1).setMaxImages(parts)).build();
    }

    @Override
    public List<RunSpec> parts(RunSpec spec) {
        return IntStream.rangeClosed(1, spec.getUnitMem().getMaxImages()).mapToObj(DeclaredTask::spec).toList();
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        if (spec.hasTrainEncoder()) {
            int epochs = spec.getTrainEncoder().getRecipe().getEpochs();
            violations.require(epochs >= 1, "spec.recipe.epochs", "must be at least 1, is " + epochs);
        }
        if (spec.hasUnitMem()) {
            int views = spec.getUnitMem().getViews();
            int top = spec.getUnitMem().getTopImages();
            violations.require(views >= 1, "spec.views", "must be at least 1, is " + views);
            violations.require(top >= 0, "spec.top_images", "must be at least 0, is " + top);
        }
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return switch (spec.getTaskCase()) {
            case CREATE_SPLIT -> List.of(spec.getCreateSplit().getDataset());
            case TRAIN_ENCODER -> List.of(spec.getTrainEncoder().getSplit());
            case UNIT_MEM -> spec.getUnitMem().getPair().isEmpty() ? List.of() : List.of(spec.getUnitMem().getPair());
            default -> List.of();
        };
    }

    @Override
    public void execute(RunContext run) {
        throw new UnsupportedOperationException("only declares");
    }
}
