package dev.engram.attack.run;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.features.CutFeatures;
import dev.engram.inputs.Inputs;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.ProbeControl;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
         * @param cuts {@code projector}, {@code backbone}, paths of taps
         */
        FeatureSource open(RunContext run, String encoder, List<String> cuts) throws IOException;
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
        List<String> pairs = new ArrayList<>(List.of(spec.getDejaVu().getPair()));
        pairs.addAll(spec.getDejaVu().getReplicatesList());
        return pairs;
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        DejaVuSpec spec = run.spec().getDejaVu();
        run.progress("reading images", 0, 0, "image", Map.of());
        List<ResolvedPair> pairs = uses(run.spec()).stream().map(run::pair).toList();
        List<AttackPlan> plans = plans(run, spec, pairs);
        AttackLog.begin(run, plans.getFirst());
        Map<String, Path> neighbors = new NeighborSearch(
                        run,
                        plans,
                        AttackUnit.of(plans.size(), plans.getFirst().crops().size()),
                        spec.getCosine(),
                        (pair, side) -> encoders.open(run, encoder(pairs.get(pair), side), DejaVuRules.cuts(spec)))
                .search();
        run.progress("voting", 0, 0, "crop", Map.of());
        Map<String, Path> files = new LinkedHashMap<>(neighbors);
        List<Verdicts> verdicts = new ArrayList<>();
        for (int pair = 0; pair < pairs.size(); pair++) {
            verdicts.add(new Verdicts(pair, plans.get(pair), neighbors));
        }
        ProbeControls controls = new ProbeControls(run, plans.getFirst(), spec.getSeed());
        List<ProbeControl> probes = spec.getProbeControl()
                ? controls.measure((pair, side) -> encoders.open(run, encoder(pairs.get(pair), side), List.of(CutFeatures.BACKBONE)))
                : List.of();
        if (!probes.isEmpty()) {
            files.put(ProbeTable.FILE_NAME, controls.table().write(run.scratch()));
        }
        List<String> names = pairs.stream().map(ResolvedPair::name).toList();
        files.putAll(new AttackReport(run, plans.getFirst(), spec, names).write(verdicts, probes));
        run.publish("result", "deja-vu", files);
    }

    private static List<AttackPlan> plans(RunContext run, DejaVuSpec spec, List<ResolvedPair> pairs) throws IOException {
        List<AttackPlan> plans = new ArrayList<>();
        DejaVuSpec same = spec;
        for (ResolvedPair pair : pairs) {
            Inputs.requireAlike(run, pair);
            ImageSet images = Inputs.images(run, pair.dataset());
            AttackPlan plan = plan(same, images, Inputs.split(run, pair.split(), images), pair);
            plans.add(plan);
            requireSameClasses(plans.getFirst(), plan, pair);
            same = same.toBuilder().setK(plan.k()).clearCrops().addAllCrops(plan.crops()).build();
        }
        return plans;
    }

    private static void requireSameClasses(AttackPlan first, AttackPlan plan, ResolvedPair pair) {
        int classes = first.images().classNames().size();
        if (plan.images().classNames().size() != classes) {
            throw RunFailure.invalidSpec("spec.replicates: %s is about %d classes, the pair about %d"
                    .formatted(pair.name(), plan.images().classNames().size(), classes));
        }
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
