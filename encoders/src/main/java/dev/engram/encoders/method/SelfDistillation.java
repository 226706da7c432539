package dev.engram.encoders.method;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.network.DinoHead;
import dev.engram.encoders.network.DropPath;
import dev.engram.encoders.network.Initializer;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.network.StateSpec.Role;
import dev.engram.encoders.network.VisionTransformer;
import dev.engram.encoders.objective.Dino;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.Spread;
import dev.engram.encoders.optim.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * DINO: the student sees two global views and any number of local ones, the teacher the global ones. Views of one size go through
 * the encoder together; the head sees all of them at once.
 *
 * <p>M. Caron et al., ICCV 2021, <a href="https://arxiv.org/abs/2104.14294">arXiv 2104.14294</a>. Scheduled numbers:
 * {@value #TEACHER_TEMPERATURE} and {@code freeze}.
 */
public final class SelfDistillation implements TrainingMethod {
    /** Name of the teacher's temperature among the scheduled numbers. */
    public static final String TEACHER_TEMPERATURE = "teacher_temperature";

    private static final String CENTER = Part.HEADS + ".center";
    private static final int GLOBAL_VIEWS = 2;

    private final ModelParts parts;
    private final DinoHead head;
    private final Dino objective;
    private final List<ViewNeeds> views;
    private final TeacherTemperature temperature;
    private final int frozenEpochs;
    private final double dropPath;

    /**
     * The teacher's temperature: rises linearly over the first epochs, from one epoch to the next.
     *
     * @param first in epoch 0, positive
     * @param last from epoch {@code epochs − 1} on, positive
     * @param epochs of the rise, at least 0
     */
    public record TeacherTemperature(double first, double last, int epochs) {
        public TeacherTemperature {
            if (!(first > 0 && last > 0) || Double.isInfinite(first + last) || epochs < 0) {
                throw new IllegalArgumentException(
                        "teacher temperatures must be positive, go from %s to %s in %d epochs".formatted(first, last, epochs));
            }
        }

        /** The temperature of an epoch, counted from 0. */
        public double at(long epoch) {
            return epoch >= epochs - 1 ? last : first + (last - first) * epoch / (epochs - 1);
        }
    }

    /**
     * @param model its projector is a {@link DinoHead}
     * @param localViews of each image, at least 0
     * @param localSide of the local views in pixels
     * @param frozenEpochs first epochs in which the head's last layer stays as it is, at least 0
     * @param dropPath share of the views that lose a branch of the last block of the student ({@link DropPath}), in [0, 1); above 0 only where
     *     the encoder is a vision transformer
     */
    public SelfDistillation(
            ProjectedEncoder model,
            int localViews,
            int localSide,
            Dino objective,
            TeacherTemperature temperature,
            int frozenEpochs,
            double dropPath) {
        if (!(model.projector() instanceof DinoHead dino)) {
            throw new IllegalArgumentException("DINO's projector is a DinoHead, not " + model.projector());
        }
        int chances = 0;
        if (dropPath != 0) {
            chances = DropPath.BRANCHES * MethodParts.transformer("objective_options.drop_path", "a drop_path above 0", model.encoder()).depth();
        }
        this.parts = new ModelParts(model);
        this.head = dino;
        this.objective = objective;
        Network encoder = model.encoder();
        ViewNeeds global = new ViewNeeds(GLOBAL_VIEWS, encoder.input().get(1).intValue(), 0, chances);
        this.views = localViews == 0 ? List.of(global) : List.of(global, new ViewNeeds(localViews, localSide, 0, chances));
        this.temperature = temperature;
        this.frozenEpochs = frozenEpochs;
        this.dropPath = dropPath;
    }

    @Override
    public String name() {
        return "dino";
    }

    @Override
    public ProjectedEncoder model() {
        return parts.model();
    }

    @Override
    public BatchNeeds needs() {
        return new BatchNeeds(model().encoder().input().get(0).intValue(), views, false);
    }

    @Override
    public List<Part> parts() {
        return parts.both();
    }

    @Override
    public List<Part> teacher() {
        return parts.both();
    }

    @Override
    public List<StateSpec> buffers() {
        return List.of(new StateSpec(
                CENTER, Role.BUFFER, ElementType.FLOAT32, List.of((long) head.outputs()), new Initializer.Constant(0)));
    }

    @Override
    public List<String> scalars() {
        return List.of(TEACHER_TEMPERATURE);
    }

    @Override
    public List<String> freezable() {
        String layer = parts.projector().path() + ".last_layer.";
        return head.fixedLength() ? List.of(layer + "weight_v") : List.of(layer + "weight_g", layer + "weight_v");
    }

    @Override
    public Map<String, Schedule> schedules(int stepsPerEpoch) {
        return Map.of(
                TEACHER_TEMPERATURE, step -> temperature.at(step / stepsPerEpoch),
                FREEZE, step -> step / stepsPerEpoch < frozenEpochs ? 1 : 0);
    }

    @Override
    public Loss loss(MethodProgram program) {
        List<String> features = new ArrayList<>();
        int count = 0;
        for (int group = 0; group < views.size(); group++) {
            features.add(student(program, group).variable());
            count += views.get(group).count();
        }
        Node all = new Node(
                program.text().let("torch.cat([%s], 0)", String.join(", ", features)), parts.encoder().output());
        List<String> student = byView(program, program.student(parts.projector(), all), count);
        List<String> teacher = byView(program, parts.teacher(program, program.views(0)), GLOBAL_VIEWS);
        Loss loss = objective.loss(
                program.text(), student, teacher, program.buffer(CENTER), program.scalar(TEACHER_TEMPERATURE));
        objective.update(program.text(), teacher, program.buffer(CENTER));
        return loss.with(Spread.NAME, Spread.of(program.text(), teacher.getFirst()));
    }

    /** The teacher's branches all stay, as in the authors' code. */
    private Node student(MethodProgram program, int group) {
        if (dropPath == 0) {
            return program.student(parts.encoder(), program.views(group));
        }
        VisionTransformer encoder = (VisionTransformer) model().encoder();
        return encoder.forward(
                program.student(parts.encoder()), program.views(group), new DropPath(dropPath, program.chances(group)));
    }

    private static List<String> byView(MethodProgram program, Node logits, int count) {
        String views = program.text().let("torch.chunk(%s, %d, 0)", logits.variable(), count);
        return IntStream.range(0, count).mapToObj(view -> views + "[" + view + "]").toList();
    }
}
