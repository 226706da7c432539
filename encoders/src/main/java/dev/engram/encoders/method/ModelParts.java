package dev.engram.encoders.method;

import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.ProjectedEncoder;
import java.util.List;

/** Encoder and projector as two parts. */
final class ModelParts {
    private final ProjectedEncoder model;
    private final Part encoder;
    private final Part projector;

    ModelParts(ProjectedEncoder model) {
        this.model = model;
        this.encoder = Part.encoder(model.encoder());
        this.projector = Part.projector(encoder.output(), model.projector()::forward);
    }

    ProjectedEncoder model() {
        return model;
    }

    Part encoder() {
        return encoder;
    }

    Part projector() {
        return projector;
    }

    List<Part> both() {
        return List.of(encoder, projector);
    }

    /** Embeddings by the weights that are trained. */
    Node student(MethodProgram program, Node images) {
        return program.student(both(), images);
    }

    /** Embeddings by the teacher. */
    Node teacher(MethodProgram program, Node images) {
        return program.teacher(both(), images);
    }
}
