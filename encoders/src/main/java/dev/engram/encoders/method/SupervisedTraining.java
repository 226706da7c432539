package dev.engram.encoders.method;

import dev.engram.encoders.network.ClassifierHead;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.objective.CrossEntropy;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.Spread;
import java.util.List;

/**
 * Supervised training: a linear classifier on the encoder, or on a projector with batch normalization and ReLU between (as the
 * supervised control of "Do SSL Models Have Déjà Vu?", <a href="https://arxiv.org/abs/2304.13850">arXiv 2304.13850</a>, has it).
 * Every view of an image has its label.
 */
public final class SupervisedTraining implements TrainingMethod {
    private final ModelParts parts;
    private final Part classifier;
    private final int views;
    private final CrossEntropy objective;

    /**
     * @param classes at least 2
     * @param views of each image, at least 1
     */
    public SupervisedTraining(ProjectedEncoder model, int classes, int views, CrossEntropy objective) {
        this.parts = new ModelParts(model);
        ClassifierHead head = new ClassifierHead(!(model.projector() instanceof NoHead), classes);
        this.classifier = Part.head(ClassifierHead.NAME, parts.projector().output(), head::forward);
        this.views = views;
        this.objective = objective;
    }

    @Override
    public String name() {
        return "supervised";
    }

    @Override
    public ProjectedEncoder model() {
        return parts.model();
    }

    @Override
    public BatchNeeds needs() {
        return BatchNeeds.views(model().encoder(), views).withLabels();
    }

    @Override
    public List<Part> parts() {
        return List.of(parts.encoder(), parts.projector(), classifier);
    }

    @Override
    public Loss loss(MethodProgram program) {
        Node z = parts.student(program, program.views(0));
        String labels = program.text().let("torch.repeat(%s, [%d])", program.labels(), views);
        return objective.loss(program.text(), program.student(classifier, z).variable(), labels)
                .with(Spread.NAME, Spread.of(program.text(), z.variable()));
    }
}
