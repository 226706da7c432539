package dev.engram.attack.sweep;

import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.AttackSweepResult;
import dev.engram.v1.AttackSweepSpec;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SweepPoint;
import dev.engram.v1.SweptAttack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings the attacks of a sweep together: the figures of each setting, which settings no other beats in accuracy and leak, and how the leak goes along the
 * axes. Reads results and attacks nothing; seconds, without a forward pass. A run that is no déjà vu ends this one as INVALID_SPEC.
 */
public final class AttackSweepTask implements RunTask {

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.ATTACK_SWEEP;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        SweepRules.check(spec.getAttackSweep(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return SweepRules.runs(spec.getAttackSweep());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        AttackSweepSpec spec = run.spec().getAttackSweep();
        SweepAxes axes = SweepAxes.of(spec, new AxisPositions(split -> run.specOf(split).getCreateSplit()));
        List<SweptResult> attacks = new ArrayList<>();
        for (SweptAttack attack : spec.getAttacksList()) {
            run.checkStop();
            run.progress("reading results", attacks.size(), spec.getAttacksCount(), "attack", Map.of());
            attacks.add(read(run, attack));
        }
        attacks.sort(axes.order());
        List<SweepPoint> points = SweepPoints.of(attacks);
        AttackSweepResult.Builder result = AttackSweepResult.newBuilder()
                .addAllAxes(axes.axes())
                .addAllPoints(points)
                .addAllTrends(SweepTrends.of(axes, points));
        SweepWarnings.of(attacks, points).forEach(warning -> {
            run.log(LogEntry.Severity.WARNING, warning);
            result.addWarnings(warning);
        });
        run.publish("result", "attack-sweep", SweepFiles.write(result.build(), run.scratch()));
    }

    private static SweptResult read(RunContext run, SweptAttack attack) throws IOException {
        String name = attack.getDejaVu();
        RunSpec spec = run.specOf(name);
        if (!spec.hasDejaVu()) {
            throw RunFailure.invalidSpec("%s must be a deja_vu run, is one of %s".formatted(name, RunTasks.kindName(spec.getTaskCase())));
        }
        return new SweptResult(attack, spec.getDejaVu(), Inputs.message(run, name, SweepFiles.RESULT, DejaVuResult.newBuilder()).build());
    }
}
