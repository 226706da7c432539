package dev.engram.encoders.method;

import dev.engram.encoders.network.Head;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.SimSiam;
import dev.engram.encoders.objective.Spread;
import java.util.List;

/**
 * SimSiam: a predictor on the projection of one view regresses the projection of the other, which gets no gradient. No teacher.
 * Each view goes through the network by itself.
 *
 * <p>X. Chen, K. He, CVPR 2021, <a href="https://arxiv.org/abs/2011.10566">arXiv 2011.10566</a>, algorithm 1.
 */
public final class SimpleSiamese implements TrainingMethod {
    private final ModelParts parts;
    private final Part predictor;

    /** @param predictor from embeddings to embeddings */
    public SimpleSiamese(ProjectedEncoder model, Head predictor) {
        this.parts = new ModelParts(model);
        this.predictor = Part.head("predictor", parts.projector().output(), predictor::forward);
    }

    @Override
    public String name() {
        return "simsiam";
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
    public Loss loss(MethodProgram program) {
        Node z1 = parts.student(program, program.view(0, 0));
        Node z2 = parts.student(program, program.view(0, 1));
        String p1 = program.student(predictor, z1).variable();
        String p2 = program.student(predictor, z2).variable();
        return new SimSiam().loss(program.text(), p1, p2, z1.variable(), z2.variable())
                .with(Spread.NAME, Spread.of(program.text(), z1.variable()));
    }
}
