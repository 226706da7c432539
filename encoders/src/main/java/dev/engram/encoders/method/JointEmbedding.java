package dev.engram.encoders.method;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.Objective;
import java.util.List;

/**
 * Two views of each image through one encoder and projector, and a symmetric loss between their embeddings: SimCLR.
 *
 * <p>Both views go through the network together, so batch normalization sees all 2N.
 */
public final class JointEmbedding implements TrainingMethod {
    private final Part model;
    private final Objective objective;

    public JointEmbedding(ProjectedEncoder model, Objective objective) {
        this.model = Part.encoder(requireNonNull(model, "model"));
        this.objective = requireNonNull(objective, "objective");
    }

    @Override
    public String name() {
        return objective.name();
    }

    @Override
    public BatchNeeds needs() {
        return BatchNeeds.views(2);
    }

    @Override
    public List<Part> parts() {
        return List.of(model);
    }

    @Override
    public Loss loss(MethodProgram program) {
        String z = program.student(parts(), program.views(0)).variable();
        String views = program.text().let("torch.chunk(%s, 2, 0)", z);
        return objective.loss(program.text(), views + "[0]", views + "[1]");
    }
}
