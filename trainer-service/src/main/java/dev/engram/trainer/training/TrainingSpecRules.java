package dev.engram.trainer.training;

import dev.engram.encoders.data.Part;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.recipe.RecipeRules;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainEncoderSpec.Side;
import dev.engram.v1.TrainingPart;
import java.util.List;

/** What must hold for the training of one encoder. */
final class TrainingSpecRules {
    private TrainingSpecRules() {}

    /** Reports every field that cannot be meant, below {@code spec}. */
    static void check(TrainEncoderSpec spec, FieldViolations violations) {
        if (spec.getDataset().isEmpty()) {
            checkSplit(spec, violations);
        } else {
            checkDataset(spec, violations);
        }
        if (!spec.getPair().isEmpty()) {
            ResourceFields.require("pairs", spec.getPair(), "spec.pair", violations);
        }
        RecipeRules.check(spec.getRecipe(), "spec.recipe", violations);
        violations.require(
                !spec.getRecipe().hasOnlineAttack() || isSide(spec),
                "spec.recipe.online_attack",
                "needs a side of a split: the images of the other side are the non-members");
    }

    private static boolean isSide(TrainEncoderSpec spec) {
        return spec.getSide() == Side.CANDIDATE || spec.getSide() == Side.REFERENCE;
    }

    /** Images of one encoder, known before the split is drawn: a split has the sizes asked for, or none. */
    static int images(TrainEncoderSpec spec, CreateSplitSpec split) {
        return TrainingImages.parts(spec).stream().mapToInt(part -> size(part, split)).sum();
    }

    private static void checkSplit(TrainEncoderSpec spec, FieldViolations violations) {
        ResourceFields.require("splits", spec.getSplit(), "spec.split", violations);
        boolean side = isSide(spec);
        violations.require(
                side || spec.getPartsCount() > 0, "spec.side", "is required: CANDIDATE or REFERENCE, unless there are parts");
        violations.require(
                !side || spec.getPartsCount() == 0, "spec.parts", "must be empty for a side of the split");
        checkParts(spec.getPartsList(), violations);
    }

    static void checkParts(List<TrainingPart> parts, FieldViolations violations) {
        for (int i = 0; i < parts.size(); i++) {
            String field = "spec.parts[%d]".formatted(i);
            violations.require(
                    parts.get(i) != TrainingPart.TRAINING_PART_UNSPECIFIED && parts.get(i) != TrainingPart.UNRECOGNIZED,
                    field,
                    "must be a part of a split");
            violations.require(parts.indexOf(parts.get(i)) == i, field, parts.get(i) + " is named twice");
        }
    }

    private static void checkDataset(TrainEncoderSpec spec, FieldViolations violations) {
        ResourceFields.require("datasets", spec.getDataset(), "spec.dataset", violations);
        violations.require(spec.getSplit().isEmpty(), "spec.split", "must be empty where a whole data set is trained on");
        violations.require(
                spec.getSide() == Side.SIDE_UNSPECIFIED, "spec.side", "must be unset where a whole data set is trained on");
        violations.require(spec.getPartsCount() == 0, "spec.parts", "must be empty where a whole data set is trained on");
        violations.require(
                !spec.getRecipe().hasOnlineProbes(),
                "spec.recipe.online_probes",
                "needs a split: its public set to learn from and its external points");
    }

    private static int size(Part part, CreateSplitSpec split) {
        return switch (part) {
            case SHARED -> split.getShared();
            case CANDIDATE -> split.getCandidate();
            case INDEPENDENT -> split.getIndependent();
            case EXTERNAL -> split.getExternal();
            case PUBLIC -> split.getPublicSet();
        };
    }
}
