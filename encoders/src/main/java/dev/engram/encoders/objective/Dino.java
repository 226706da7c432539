package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;
import java.util.ArrayList;
import java.util.List;

/**
 * DINO: the student's distribution of every view shall be the teacher's of every other global view. The teacher's is sharpened by
 * a low temperature and centered by a running mean, which together keep it from collapsing.
 *
 * <p>M. Caron et al., "Emerging Properties in Self-Supervised Vision Transformers", ICCV 2021,
 * <a href="https://arxiv.org/abs/2104.14294">arXiv 2104.14294</a>, equations 1 to 4. The mean over images and over all pairs of a
 * teacher's view and a student's view but those of the same view.
 *
 * @param studentTemperature τ_s, positive; 0.1 in the paper
 * @param centerMomentum m of the center, in [0, 1); 0.9 in the paper
 */
public record Dino(double studentTemperature, double centerMomentum) {
    public Dino {
        Ranges.checkPositive("student temperature", studentTemperature);
        Ranges.checkBelowOne("center momentum", centerMomentum);
    }

    /**
     * Writes the loss into a program. Terms: {@code teacher_entropy}, mean entropy of the teacher's distributions in nats (0: one
     * dimension takes all; ln K: no dimension stands out), and {@code divergence}, loss minus that entropy.
     *
     * @param student names of the student's logits by view, each {@code [N, K]}; first the teacher's views in the same order, then
     *     all others
     * @param teacher names of the teacher's logits by view, each {@code [N, K]}
     * @param center name of the center, {@code [K]}
     * @param teacherTemperature name or value of τ_t, a float
     */
    public Loss loss(
            ProgramText text, List<String> student, List<String> teacher, String center, String teacherTemperature) {
        List<String> targets = new ArrayList<>();
        List<String> entropies = new ArrayList<>();
        for (String logits : teacher) {
            String scaled = text.let("torch.div(torch.sub(torch.detach(%s), %s), %s)", logits, center, teacherTemperature);
            String target = text.let("torch.softmax(%s, 1)", scaled);
            targets.add(target);
            entropies.add(text.let(
                    "torch.neg(torch.mean(torch.sum(torch.mul(%s, torch.log_softmax(%s, 1)), [1], False)))", target, scaled));
        }
        List<String> pairs = new ArrayList<>();
        for (int v = 0; v < student.size(); v++) {
            String log = text.let("torch.log_softmax(torch.div(%s, %s), 1)", student.get(v), studentTemperature);
            for (int t = 0; t < targets.size(); t++) {
                if (t != v) {
                    pairs.add(text.let(
                            "torch.neg(torch.mean(torch.sum(torch.mul(%s, %s), [1], False)))", targets.get(t), log));
                }
            }
        }
        String value = mean(text, pairs);
        String entropy = mean(text, entropies);
        return Loss.of(value)
                .with("teacher_entropy", entropy)
                .with("divergence", text.let("torch.sub(torch.detach(%s), %s)", value, entropy));
    }

    /**
     * Writes the center's update into a program, in place, to come after the loss: center ← m · center + (1 − m) · mean of the
     * teacher's logits over batch and views.
     */
    public void update(ProgramText text, List<String> teacher, String center) {
        String all = text.let("torch.detach(torch.cat([%s], 0))", String.join(", ", teacher));
        text.let("torch.copy_(%1$s, torch.add(torch.mul(%1$s, %2$s), torch.mul(torch.mean(%3$s, [0], False), %4$s)))",
                center, centerMomentum, all, 1 - centerMomentum);
    }

    private static String mean(ProgramText text, List<String> scalars) {
        return text.let("torch.mean(torch.stack([%s], 0))", String.join(", ", scalars));
    }
}
