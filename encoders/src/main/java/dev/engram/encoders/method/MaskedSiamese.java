package dev.engram.encoders.method;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Graph;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Prototypes;
import dev.engram.encoders.network.VisionTransformer;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.Msn;
import dev.engram.encoders.objective.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * MSN and PMSN: the teacher sees a whole view, the student other views of the same image, the large ones with some patches left out;
 * both are compared with learned prototypes. The first view of group 0 is the teacher's, its others are the student's masked ones;
 * group 1 holds the student's small, unmasked (focal) views.
 *
 * <p>M. Assran et al., ECCV 2022, <a href="https://arxiv.org/abs/2204.07141">arXiv 2204.07141</a>; ICLR 2023,
 * <a href="https://arxiv.org/abs/2210.07277">arXiv 2210.07277</a>. Here each image has a mask of its own; the authors' code draws
 * one for the whole batch, which would make a view depend on its batch.
 */
public final class MaskedSiamese implements TrainingMethod {
    private final String name;
    private final ModelParts parts;
    private final VisionTransformer encoder;
    private final Part prototypes;
    private final List<ViewNeeds> views;
    private final int kept;
    private final Msn objective;

    /**
     * @param model a vision transformer with MSN's head
     * @param largeViews views of the encoder's input size, at least 2: the teacher's and the student's masked ones
     * @param focalViews small views, at least 0
     * @param focalSide of the small views in pixels
     * @param patchDrop share of the patches that masked views lose, in [0, 1); the number kept is rounded down
     */
    public MaskedSiamese(
            String name,
            ProjectedEncoder model,
            Prototypes prototypes,
            int largeViews,
            int focalViews,
            int focalSide,
            double patchDrop,
            Msn objective) {
        if (!(model.encoder() instanceof VisionTransformer transformer)) {
            throw new IllegalArgumentException("%s needs a vision transformer, not %s".formatted(name, model.encoder().name()));
        }
        if (largeViews < 2) {
            throw new IllegalArgumentException(
                    "%s needs the teacher's view and at least one masked view, there are %d".formatted(name, largeViews));
        }
        if (!(patchDrop >= 0 && patchDrop < 1)) {
            throw new IllegalArgumentException("patch_drop must be in [0, 1), is " + patchDrop);
        }
        this.name = name;
        this.parts = new ModelParts(model);
        this.encoder = transformer;
        this.prototypes = Part.head("prototypes", parts.projector().output(), prototypes::forward);
        int tokens = encoder.gridSide() * encoder.gridSide();
        this.kept = (int) (tokens * (1 - patchDrop));
        if (kept < 1) {
            throw new IllegalArgumentException("patch_drop of %s leaves none of %d patches".formatted(patchDrop, tokens));
        }
        ViewNeeds large = new ViewNeeds(largeViews, encoder.input().get(1).intValue(), tokens);
        this.views = focalViews == 0 ? List.of(large) : List.of(large, ViewNeeds.of(focalViews, focalSide));
        this.objective = objective;
    }

    /** Name of the prototypes' state, which the authors do not decay. */
    public static String prototypes() {
        return Part.HEADS + ".prototypes." + Prototypes.NAME;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProjectedEncoder model() {
        return parts.model();
    }

    @Override
    public BatchNeeds needs() {
        return new BatchNeeds(encoder.input().get(0).intValue(), views, false);
    }

    @Override
    public List<Part> parts() {
        return List.of(parts.encoder(), parts.projector(), prototypes);
    }

    @Override
    public List<Part> teacher() {
        return parts.both();
    }

    @Override
    public Loss loss(MethodProgram program) {
        ProgramText text = program.text();
        int masked = views.getFirst().count() - 1;
        List<String> anchors = new ArrayList<>();
        anchors.add(cosines(program, program.student(parts.projector(), maskedViews(program, masked))));
        if (views.size() > 1) {
            anchors.add(cosines(program, parts.student(program, program.views(1))));
        }
        Node whole = parts.teacher(program, program.view(0, 0));
        int count = masked + (views.size() > 1 ? views.get(1).count() : 0);
        String all = text.let("torch.cat([%s], 0)", String.join(", ", anchors));
        return objective.loss(text, all, count, cosines(program, whole))
                .with(Spread.NAME, Spread.of(text, whole.variable()));
    }

    /** Representations of the masked views, which follow the teacher's in group 0. */
    private Node maskedViews(MethodProgram program, int masked) {
        ProgramText text = program.text();
        Node large = program.views(0);
        String first = text.let("torch.floordiv(torch.size(%s, 0), %d)", large.variable(), masked + 1);
        Node images = new Node(
                text.let("torch.slice(%s, 0, %s, %d, 1)", large.variable(), first, Long.MAX_VALUE), large.shape());
        String keep = text.let("torch.slice(torch.slice(%s, 0, %s, %d, 1), 1, 0, %d, 1)",
                program.orders(0), first, Long.MAX_VALUE, kept);
        Graph graph = program.student(parts.encoder());
        return encoder.pooled(graph, encoder.encode(graph, encoder.patches(graph, images).kept(graph, keep, kept)));
    }

    private String cosines(MethodProgram program, Node embeddings) {
        return program.student(prototypes, embeddings).variable();
    }
}
