package dev.engram.encoders.method;

import dev.engram.encoders.network.Head;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.objective.Byol;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.Spread;
import java.util.List;

/**
 * BYOL: a predictor on the student's projection of one view regresses the teacher's projection of the other. The teacher has no
 * predictor. Each view goes through each network by itself, teacher's batch normalization uses the batch too.
 *
 * <p>J.-B. Grill et al., NeurIPS 2020, <a href="https://arxiv.org/abs/2006.07733">arXiv 2006.07733</a>, section 3.1.
 */
public final class BootstrapLatent implements TrainingMethod {
    private final ModelParts parts;
    private final Part predictor;

    /** @param predictor from embeddings to embeddings */
    public BootstrapLatent(ProjectedEncoder model, Head predictor) {
        this.parts = new ModelParts(model);
        this.predictor = Part.head("predictor", parts.projector().output(), predictor::forward);
    }

    @Override
    public String name() {
        return "byol";
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
        return List.of(parts.encoder(), parts.projector(), predictor);
    }

    @Override
    public List<Part> teacher() {
        return parts.both();
    }

    @Override
    public Loss loss(MethodProgram program) {
        String p1 = program.student(parts(), program.view(0, 0)).variable();
        String p2 = program.student(parts(), program.view(0, 1)).variable();
        String t1 = parts.teacher(program, program.view(0, 0)).variable();
        String t2 = parts.teacher(program, program.view(0, 1)).variable();
        return new Byol().loss(program.text(), p1, p2, t1, t2).with(Spread.NAME, Spread.of(program.text(), t1));
    }
}
