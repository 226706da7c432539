package dev.engram.encoders.method;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.Objective;
import dev.engram.encoders.objective.Spread;
import java.util.List;

/**
 * Two views of each image through one encoder and projector, and a symmetric loss between their embeddings: SimCLR, VICReg,
 * Barlow Twins.
 */
public final class JointEmbedding implements TrainingMethod {
    private final ModelParts parts;
    private final Objective objective;
    private final boolean together;

    /**
     * @param together whether both views go through the network as one batch, so that batch normalization sees all 2N (SimCLR);
     *     otherwise one after the other, each normalized by itself (VICReg, Barlow Twins)
     */
    public JointEmbedding(ProjectedEncoder model, Objective objective, boolean together) {
        this.parts = new ModelParts(model);
        this.objective = requireNonNull(objective, "objective");
        this.together = together;
    }

    /** Both views together. */
    public JointEmbedding(ProjectedEncoder model, Objective objective) {
        this(model, objective, true);
    }

    @Override
    public String name() {
        return objective.name();
    }

    @Override
    public ProjectedEncoder model() {
        return parts.model();
    }

    @Override
    public BatchNeeds needs() {
        return BatchNeeds.views(model().encoder(), 2);
    }

    @Override
    public List<Part> parts() {
        return parts.both();
    }

    @Override
    public Loss loss(MethodProgram program) {
        if (together) {
            String z = program.text().let("torch.chunk(%s, 2, 0)", parts.student(program, program.views(0)).variable());
            return loss(program, z + "[0]", z + "[1]");
        }
        String z1 = parts.student(program, program.view(0, 0)).variable();
        String z2 = parts.student(program, program.view(0, 1)).variable();
        return loss(program, z1, z2);
    }

    private Loss loss(MethodProgram program, String z1, String z2) {
        return objective.loss(program.text(), z1, z2).with(Spread.NAME, Spread.of(program.text(), z1));
    }
}
