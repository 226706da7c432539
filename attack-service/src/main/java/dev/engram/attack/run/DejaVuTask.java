package dev.engram.attack.run;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Attacks a pair: infers the labels of its candidates and independents from crops that should not show their objects, with the encoder
 * that saw an image and with the one that did not.
 *
 * <p>Publishes {@code result.json}, {@code attacked.csv}, {@code curve.csv} and the neighbours of every attacked image.
 * Cost: one forward pass a public image and encoder, one an attacked image, crop and encoder; then exact search.
 */
public final class DejaVuTask implements RunTask {
    private final EncoderOpener encoders;

    /** Opens an encoder of a pair. */
    @FunctionalInterface
    interface EncoderOpener {
        /**
         * @param encoder {@code encoders/x}
         * @param cut {@code projector} or {@code backbone}
         */
        FeatureSource open(RunContext run, String encoder, String cut) throws IOException;
    }

    public DejaVuTask() {
        this(EncoderFeatures::open);
    }

    DejaVuTask(EncoderOpener encoders) {
        this.encoders = encoders;
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.DEJA_VU;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        DejaVuRules.check(spec.getDejaVu(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return List.of(spec.getDejaVu().getPair());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        DejaVuSpec spec = run.spec().getDejaVu();
        run.progress("reading images", 0, 0, "image", Map.of());
        ResolvedPair pair = run.pair(spec.getPair());
        ImageSet images = PairFiles.images(run, pair.dataset());
        AttackPlan plan = plan(spec, images, PairFiles.split(run, pair.split(), images), pair);
        AttackLog.begin(run, plan);
        String cut = spec.getCut().isEmpty() ? DejaVuRules.PROJECTOR : spec.getCut();
        Map<String, Path> neighbors = new NeighborSearch(
                        run, plan, spec.getCosine(), side -> encoders.open(run, encoder(pair, side), cut))
                .search();
        run.progress("voting", 0, 0, "crop", Map.of());
        Map<String, Path> files = new LinkedHashMap<>(neighbors);
        files.putAll(new AttackReport(run, plan, spec, cut).write(new Verdicts(plan, neighbors)));
        run.publish("result", "deja-vu", files);
    }

    private static AttackPlan plan(DejaVuSpec spec, ImageSet images, Split split, ResolvedPair pair) {
        try {
            return new AttackPlan(spec, images, split);
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec(pair.name() + ": " + e.getMessage());
        }
    }

    private static String encoder(ResolvedPair pair, Direction.Side side) {
        return switch (side) {
            case F -> pair.candidate();
            case G -> pair.reference();
        };
    }
}
