package dev.engram.encoders.method;

import dev.engram.encoders.method.MethodSetting.ViewGroupSize;
import dev.engram.encoders.method.SelfDistillation.TeacherTemperature;
import dev.engram.encoders.network.Head;
import dev.engram.encoders.network.Heads;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.objective.Dino;
import java.util.List;
import java.util.Optional;

/** DINO. */
final class DinoFamily {
    private DinoFamily() {}

    static MethodFamily dino() {
        return new MethodFamily("dino", "DINO", "Caron et al. 2021, https://arxiv.org/abs/2104.14294",
                "The student's distribution of every view follows the teacher's, sharpened and centered, of another global view.",
                List.of(
                        MethodOption.positive("student_temperature", 0.1, "τ_s of the student's softmax."),
                        MethodOption.positive("teacher_temperature", 0.04, "τ_t of the teacher's softmax after its warm-up."),
                        MethodOption.positive("warmup_teacher_temperature", 0.04, "τ_t in the first epoch."),
                        MethodOption.integer("warmup_teacher_epochs", 0, 0, 100_000, "Epochs in which τ_t rises, linearly."),
                        MethodOption.belowOne("center_momentum", 0.9, "Momentum of the center of the teacher's logits."),
                        MethodOption.integer("freeze_last_layer", 1, 0, 100_000, "First epochs in which the last layer stays."),
                        MethodOption.flag("norm_last_layer", true, "Whether the last layer's rows keep the length 1."),
                        MethodOption.flag("head_norm", false, "Whether the head has batch normalization."),
                        MethodOption.belowOne("drop_path", 0,
                                "Stochastic depth of the student: share of the views that lose a branch of the last block of a vision"
                                        + " transformer; the paper's code has 0.1, other networks have none.")),
                List.of(2048, 2048, 256, 65536), true, Optional.empty(), WantedViews.MULTI_CROP, false, false, false,
                Optional.of(new TeacherMomentum(0.996, 1, false)), List.of(),
                DinoFamily::make);
    }

    private static TrainingMethod make(MethodOptions options, MethodSetting setting) {
        Head head = Heads.dino(setting.projector(), options.flag("head_norm"), options.flag("norm_last_layer"));
        ViewGroupSize local = setting.views().size() > 1 ? setting.views().get(1) : new ViewGroupSize(0, 0);
        return new SelfDistillation(
                new ProjectedEncoder(setting.encoder(), head), local.count(), local.side(),
                new Dino(options.number("student_temperature"), options.number("center_momentum")),
                new TeacherTemperature(
                        options.number("warmup_teacher_temperature"), options.number("teacher_temperature"),
                        options.integer("warmup_teacher_epochs")),
                options.integer("freeze_last_layer"),
                options.number("drop_path"));
    }
}
