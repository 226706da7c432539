package dev.engram.testing;

import dev.engram.runs.ResumePoint;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts to {@code views}, {@code max_images} milliseconds a step, and chains a digest over its seed and all steps: the result tells whether
 * any step was left out or done twice. Saves a resume point every tenth step. Stays at step {@link #HELD_AT} for as long as a test holds it.
 */
public final class CountingTask implements RunTask {
    /** Behind the second resume point and before the third. */
    static final int HELD_AT = 25;

    private static final int STEPS_A_RESUME_POINT = 10;

    public static RunSpec spec(int steps, int millisAStep) {
        return RunSpec.newBuilder()
                .setUnitMem(UnitMemSpec.newBuilder().setViews(steps).setMaxImages(millisAStep).setSeed(7))
                .build();
    }

    /** The file that holds a run in the middle until it is deleted. */
    static Path hold(Path home, String run) {
        return home.resolve("hold-" + run);
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.UNIT_MEM;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        UnitMemSpec own = spec.getUnitMem();
        if (own.getViews() < 1) {
            violations.add("spec.views", "must be at least 1, is " + own.getViews());
        }
        if (own.getTopImages() < 0) {
            violations.add("spec.top_images", "must be at least 0, is " + own.getTopImages());
        }
    }

    @Override
    public List<String> uses(RunSpec spec) {
        String pair = spec.getUnitMem().getPair();
        return pair.isEmpty() ? List.of() : List.of(pair);
    }

    @Override
    public void execute(RunContext run) throws Exception {
        UnitMemSpec spec = run.spec().getUnitMem();
        Optional<ResumePoint> start = run.resumePoint();
        long step = start.map(ResumePoint::step).orElse(0L);
        byte[] state = start.isPresent()
                ? Files.readAllBytes(start.get().directory().resolve("state.bin"))
                : ("seed " + spec.getSeed()).getBytes(StandardCharsets.UTF_8);
        run.log(LogEntry.Severity.INFO, "counts from " + step);
        while (step < spec.getViews()) {
            state = MessageDigest.getInstance("SHA-256").digest((HexFormat.of().formatHex(state) + step).getBytes(StandardCharsets.UTF_8));
            step++;
            Thread.sleep(spec.getMaxImages());
            run.progress("counting", step, spec.getViews(), "step", Map.of("last", (double) state[0]));
            run.metric(step, "last", state[0]);
            if (step % STEPS_A_RESUME_POINT == 0 || run.stopRequested()) {
                save(run, step, state);
            }
            run.checkStop();
            while (step == HELD_AT && isHeld(run)) {
                Thread.sleep(10);
                if (run.stopRequested()) {
                    save(run, step, state);
                }
                run.checkStop();
            }
        }
        Path result = run.scratch().resolve("out.json");
        Files.writeString(result, "{\"digest\":\"" + HexFormat.of().formatHex(state) + "\"}");
        run.publish("result", "unit-mem", Map.of("result.json", result));
    }

    private static boolean isHeld(RunContext run) {
        Path home = run.scratch().resolve("../../../..").normalize();
        return Files.exists(hold(home, run.runId()));
    }

    private static void save(RunContext run, long step, byte[] state) throws Exception {
        Path file = run.scratch().resolve("state");
        Files.write(file, state);
        run.saveResumePoint(step, Map.of("state.bin", file));
    }
}
