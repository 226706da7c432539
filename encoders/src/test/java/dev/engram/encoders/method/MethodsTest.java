package dev.engram.encoders.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.MethodSetting.ViewGroupSize;
import dev.engram.encoders.network.Heads;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ProjectorStyle;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.objective.Objective;
import dev.engram.encoders.objective.Spread;
import dev.engram.encoders.objective.UnitLength;
import dev.engram.encoders.objective.VicReg;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.EmaSchedule;
import dev.engram.encoders.optim.OptimizerSchedule;
import dev.engram.encoders.optim.Schedule;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.encoders.train.Batch;
import dev.engram.encoders.train.EncoderTraining;
import dev.engram.encoders.train.StepReport;
import dev.engram.encoders.train.TrainingPlan;
import dev.engram.encoders.train.TrainingState;
import dev.engram.encoders.train.TrainingStep;
import dev.engram.encoders.train.TrainingWatch;
import dev.engram.encoders.train.ViewSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of every method, by its name: it learns, resumes to the same bits, leaves nothing behind, spares its teacher. */
class MethodsTest {
    private static final int IMAGES = 12;
    private static final int CLASSES = 3;
    private static final Network TRANSFORMER = Networks.encoder(
            "vit_tiny", 3, 16, Map.of("width", "16", "depth", "2", "heads", "2", "patch", "4"));
    private static final Map<String, List<Integer>> PROJECTORS = Map.of(
            "simclr", List.of(12, 8), "vicreg", List.of(12, 8), "barlow_twins", List.of(12, 8), "byol", List.of(12, 8),
            "simsiam", List.of(12, 8), "dino", List.of(12, 12, 6, 10), "msn", List.of(12, 8), "pmsn", List.of(12, 8),
            "supcon", List.of(12, 8));
    private static final Map<String, Map<String, Double>> OPTIONS = Map.of(
            "byol", Map.of("predictor_hidden", 12.0), "simsiam", Map.of("predictor_hidden", 4.0),
            "dino", Map.of("warmup_teacher_temperature", 0.03, "warmup_teacher_epochs", 2.0, "drop_path", 0.3),
            "mae", Map.of("decoder_width", 16.0, "decoder_depth", 1.0, "decoder_heads", 2.0),
            "msn", Map.of("prototypes", 6.0, "patch_drop", 0.4), "pmsn", Map.of("prototypes", 6.0, "patch_drop", 0.4));

    static List<String> names() {
        return Methods.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void learnsAndResumesToTheSameBits(String name) {
        TrainingMethod method = method(name);
        try (TrainingStep step = TrainingStep.of(method, Adam.of(1e-4), false);
                TrainingState whole = step.initialState(1);
                TrainingState parts = step.initialState(1)) {
            EncoderTraining training = new EncoderTraining(plan(method), step, new NoiseSource(method.needs()));
            Recorder all = new Recorder(Integer.MAX_VALUE);
            assertTrue(training.run(whole, all));
            assertFalse(training.run(parts, new Recorder(4)));
            try (TrainingState resumed = new TrainingState(
                    parts.step(), parts.model().copy(), parts.optimizer().copy(),
                    parts.average().map(StateDict::copy).orElse(null))) {
                assertTrue(training.run(resumed, new Recorder(Integer.MAX_VALUE)));
                assertEquals(whole.model().digest(), resumed.model().digest());
                assertEquals(whole.optimizer().digest(), resumed.optimizer().digest());
                assertEquals(whole.average().map(StateDict::digest), resumed.average().map(StateDict::digest));
            }
            try (TrainingState before = step.initialState(1)) {
                assertNotEquals(before.model().digest(), whole.model().digest());
            }
            assertEquals(plan(method).totalSteps(), all.reports.size());
            assertTrue(all.reports.stream().allMatch(report -> report.terms().get(Spread.NAME) >= 0), "spread is watched");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyParameterIsTrainedAndNoTensorStaysBehind(String name) {
        TrainingMethod method = method(name);
        try (TrainingStep step = TrainingStep.of(method, Adam.of(0), false);
                TrainingState state = step.initialState(1);
                StateDict before = state.model().copy()) {
            EncoderTraining training = new EncoderTraining(plan(method), step, new NoiseSource(method.needs()));
            long alive = Tensor.alive();
            training.run(state, new Recorder(Integer.MAX_VALUE));
            assertEquals(alive, Tensor.alive());
            for (Part part : method.parts()) {
                for (var spec : part.state()) {
                    boolean fixed = spec.name().endsWith("weight_g") || spec.name().endsWith("pos_embed")
                            && spec.name().startsWith("heads.decoder");
                    assertEquals(fixed, Arrays.equals(
                            before.get(spec.name()).bytes(), state.model().get(spec.name()).bytes()), spec.name());
                }
            }
        }
    }

    /** With a momentum of 1 a teacher stays what it was, whatever the student does: nothing but the average changes it. */
    @ParameterizedTest
    @ValueSource(strings = {"byol", "dino", "msn", "pmsn"})
    void aTeacherGetsNoGradient(String name) {
        TrainingMethod method = method(name);
        try (TrainingStep step = TrainingStep.of(method, Adam.of(0), false);
                TrainingState state = step.initialState(1);
                StateDict before = state.average().orElseThrow().copy()) {
            new EncoderTraining(plan(method, Schedule.constant(1)), step, new NoiseSource(method.needs()))
                    .run(state, new Recorder(2));
            for (Part part : method.teacher()) {
                for (String parameter : StateLayout.of(part.network()).parameters()) {
                    String full = part.path().isEmpty() ? parameter : part.path() + "." + parameter;
                    assertTrue(Arrays.equals(
                            before.get(full).bytes(), state.average().orElseThrow().get(full).bytes()), full);
                }
            }
            assertFalse(state.average().orElseThrow().names().stream().anyMatch(n -> n.startsWith("heads.")));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsKeptIsAPartOfTheState(String name) {
        TrainingMethod method = method(name);
        assertEquals(method.model().projector(), Heads.named(Heads.text(method.model().projector())));
        try (TrainingStep step = TrainingStep.of(method, Adam.of(0), false);
                TrainingState state = step.initialState(1)) {
            StateLayout.of(method.model()).state().forEach(spec -> state.model().get(spec.name()));
        }
    }

    /** Agreement alone, without predictor, teacher or negatives, makes all images one point; VICReg on the same views does not. */
    @Test
    void aCollapseIsSeenInTheSpread() {
        Objective agreement = new Objective() {
            @Override
            public String name() {
                return "agreement";
            }

            @Override
            public Loss loss(ProgramText text, String z1, String z2) {
                return Loss.of(text.let("torch.mean(torch.square(torch.sub(%s, %s)))",
                        UnitLength.of(text, z1), UnitLength.of(text, z2)));
            }
        };
        ProjectedEncoder model = new ProjectedEncoder(TRANSFORMER, Projector.of(ProjectorStyle.PLAIN, 12, 8));
        assertTrue(lastSpread(new JointEmbedding(model, agreement)) < 0.02);
        assertTrue(lastSpread(new JointEmbedding(model, new VicReg(25, 25, 1))) > 0.2);
    }

    private static double lastSpread(TrainingMethod method) {
        try (TrainingStep step = TrainingStep.of(method, Adam.of(0), false);
                TrainingState state = step.initialState(1)) {
            Recorder recorder = new Recorder(Integer.MAX_VALUE);
            TrainingPlan plan = TrainingPlan.of(5, IMAGES, 12, 60, Schedule.constant(5e-3));
            new EncoderTraining(plan, step, new NoiseSource(method.needs())).run(state, recorder);
            return recorder.reports.getLast().terms().get(Spread.NAME);
        }
    }

    @Test
    void onlyATransformerHasPathsToDrop() {
        MethodSetting setting = new MethodSetting(
                Networks.encoder("mlp", 3, 16), PROJECTORS.get("dino"), List.of(new ViewGroupSize(2, 16)), CLASSES);
        assertEquals(
                "objective_options.drop_path: a drop_path above 0 needs a vision transformer, not mlp",
                assertThrows(IllegalArgumentException.class, () -> Methods.family("dino").make(Map.of("drop_path", 0.1), setting))
                        .getMessage());
    }

    @Test
    void theLastLayerOfDinoWaits() {
        TrainingMethod method = method("dino");
        assertEquals(List.of("projector.last_layer.weight_v"), method.freezable());
        try (TrainingStep step = TrainingStep.of(method, Adam.decoupled(0.1), false);
                TrainingState state = step.initialState(1);
                StateDict before = state.model().copy()) {
            EncoderTraining training = new EncoderTraining(plan(method), step, new NoiseSource(method.needs()));
            String name = "projector.last_layer.weight_v";
            training.run(state, new Recorder(3));
            assertTrue(Arrays.equals(before.get(name).bytes(), state.model().get(name).bytes()));
            assertEquals(0, state.optimizer().get("step." + name).item());
            assertEquals(3, state.optimizer().get("step.cls_token").item());
            training.run(state, new Recorder(1));
            assertFalse(Arrays.equals(before.get(name).bytes(), state.model().get(name).bytes()));
            assertEquals(1, state.optimizer().get("step." + name).item());
        }
    }

    @Test
    void theTeachersTemperatureRisesByEpoch() {
        SelfDistillation.TeacherTemperature rise = new SelfDistillation.TeacherTemperature(0.04, 0.07, 50);
        assertEquals(0.04, rise.at(0), 1e-12);
        assertEquals(0.040612, rise.at(1), 5e-7);
        assertEquals(0.055306, rise.at(25), 5e-7);
        assertEquals(0.07, rise.at(49), 1e-12);
        assertEquals(0.07, rise.at(50), 1e-12);
        assertEquals(0.04, new SelfDistillation.TeacherTemperature(0.01, 0.04, 0).at(0));
    }

    @Test
    void saysEverythingThatIsWrongWithOptions() {
        String message = assertThrows(IllegalArgumentException.class, () -> Methods.family("dino").options(
                Map.of("student_temperature", 0.0, "freeze_last_layer", 1.5, "speed", 3.0))).getMessage();
        for (String part : List.of(
                "objective_options.student_temperature: 0 is not > 0",
                "objective_options.freeze_last_layer: 1.5 is not 0 to 100000",
                "objective_options.speed: dino has no such option; it has student_temperature, teacher_temperature")) {
            assertTrue(message.contains(part), message);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Methods.family("moco")).getMessage()
                .startsWith("objective: \"moco\" is unknown; there are simclr, vicreg"));
    }

    @Test
    void refusesWhatDoesNotSuitTheMethod() {
        Network resnet = Networks.encoder("resnet9", 3, 32);
        refused("mae", resnet, List.of(), 1, "network: mae needs a vision transformer, not resnet9");
        refused("byol", resnet, List.of(), 1, "augmentation: byol wants two views; it makes [1 of 32 pixels]");
        refused("mae", TRANSFORMER, List.of(4), 1, "projector: mae has none");
        refused("dino", resnet, List.of(4, 5, 6, 7), 2,
                "projector: DINO's head has hidden layers of one width, a bottleneck and outputs, not [4, 5, 6, 7]");
        refused("supervised", resnet, List.of(), 1, "supervised training needs at least 2 classes, there are 1");
    }

    private static void refused(String name, Network encoder, List<Integer> projector, int views, String message) {
        int side = encoder.input().get(1).intValue();
        MethodSetting setting = new MethodSetting(encoder, projector, List.of(new ViewGroupSize(views, side)), 1);
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> Methods.family(name).make(Map.of(), setting)).getMessage());
    }

    private static TrainingMethod method(String name) {
        MethodFamily family = Methods.family(name);
        ViewGroupSize two = new ViewGroupSize(2, 16);
        List<ViewGroupSize> views = switch (family.views()) {
            case ANY, TWO -> List.of(two);
            case ONE -> List.of(new ViewGroupSize(1, 16));
            case MULTI_CROP -> List.of(two, new ViewGroupSize(3, 8));
            case ANCHORS -> List.of(new ViewGroupSize(3, 16), new ViewGroupSize(2, 8));
        };
        return family.make(
                OPTIONS.getOrDefault(name, Map.of()),
                new MethodSetting(TRANSFORMER, PROJECTORS.getOrDefault(name, List.of()), views, CLASSES));
    }

    private static TrainingPlan plan(TrainingMethod method) {
        return plan(method, new EmaSchedule(0.9, 1, 9));
    }

    /** 3 epochs of 3 steps. */
    private static TrainingPlan plan(TrainingMethod method, Schedule momentum) {
        Map<String, Schedule> schedules = new HashMap<>(method.schedules(3));
        schedules.put(TrainingStep.MOMENTUM, momentum);
        return new TrainingPlan(5, IMAGES, 4, 3, OptimizerSchedule.of(Schedule.constant(1e-2)), schedules);
    }

    /** Noise that depends on image, epoch, group and view. */
    private record NoiseSource(BatchNeeds needs) implements ViewSource {
        @Override
        public int size() {
            return IMAGES;
        }

        @Override
        public Batch batch(Scope scope, int epoch, int[] images) {
            List<Tensor> groups = new ArrayList<>();
            for (int group = 0; group < needs.views().size(); group++) {
                ViewNeeds views = needs.views().get(group);
                int pixels = 3 * views.side() * views.side();
                float[] values = new float[views.count() * images.length * pixels];
                for (int view = 0; view < views.count(); view++) {
                    for (int i = 0; i < images.length; i++) {
                        float[] one = StatelessRandom.of(3, "noise " + group).at(epoch, images[i], view)
                                .uniformFloats(pixels, -1, 1);
                        System.arraycopy(one, 0, values, (view * images.length + i) * pixels, pixels);
                    }
                }
                groups.add(scope.floats(values, (long) views.count() * images.length, 3, views.side(), views.side()));
            }
            long[] labels = Arrays.stream(images).mapToLong(image -> image % CLASSES).toArray();
            return new Batch(groups, Optional.of(scope.longs(labels, labels.length)), images);
        }
    }

    private static final class Recorder implements TrainingWatch {
        private final List<StepReport> reports = new ArrayList<>();
        private final int stopAfter;

        private Recorder(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void stepped(StepReport report, TrainingState state) {
            reports.add(report);
        }

        @Override
        public boolean stopRequested() {
            return reports.size() >= stopAfter;
        }
    }
}
