package dev.engram.encoders.method;

import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.Spread;
import dev.engram.encoders.objective.SupCon;
import java.util.List;

/**
 * SupCon: two views of each image through one encoder and projector, together; views of images of one class attract each other.
 *
 * <p>P. Khosla et al., NeurIPS 2020, <a href="https://arxiv.org/abs/2004.11362">arXiv 2004.11362</a>.
 */
public final class SupervisedContrast implements TrainingMethod {
    private final ModelParts parts;
    private final SupCon objective;

    public SupervisedContrast(ProjectedEncoder model, SupCon objective) {
        this.parts = new ModelParts(model);
        this.objective = objective;
    }

    @Override
    public String name() {
        return "supcon";
    }

    @Override
    public ProjectedEncoder model() {
        return parts.model();
    }

    @Override
    public BatchNeeds needs() {
        return BatchNeeds.views(model().encoder(), 2).withLabels();
    }

    @Override
    public List<Part> parts() {
        return parts.both();
    }

    @Override
    public Loss loss(MethodProgram program) {
        String z = program.text().let("torch.chunk(%s, 2, 0)", parts.student(program, program.views(0)).variable());
        return objective.loss(program.text(), z + "[0]", z + "[1]", program.labels())
                .with(Spread.NAME, Spread.of(program.text(), z + "[0]"));
    }
}
