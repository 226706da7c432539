package dev.engram.attack.run;

import dev.engram.attack.dejavu.NeighborVote;
import dev.engram.attack.run.DejaVuTask.EncoderOpener;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.features.CutFeatures;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tests one encoder for déjà vu without a second one: what its neighbours name and a reference that never saw the image does not is memorized.
 * Of a pair both encoders are tested, and the verdicts compared with those of {@link DejaVuTask}.
 *
 * <p>Cost: the forward passes and the search of an attack by one encoder (of a pair, both), one pass of an untrained network over the crops,
 * and a logistic regression.
 */
public final class OneModelTask implements RunTask {
    private final EncoderOpener encoders;

    public OneModelTask() {
        this(EncoderFeatures::open);
    }

    OneModelTask(EncoderOpener encoders) {
        this.encoders = encoders;
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.ONE_MODEL;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        OneModelRules.check(spec.getOneModel(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        OneModelSpec test = spec.getOneModel();
        return Stream.of(test.getPair(), test.getEncoder(), test.getSplit()).filter(name -> !name.isEmpty()).toList();
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        OneModelSpec spec = run.spec().getOneModel();
        run.progress("reading images", 0, 0, "image", Map.of());
        TestedEncoders tested = TestedEncoders.of(run, spec);
        ImageSet images = Inputs.images(run, tested.dataset());
        Split split = Inputs.split(run, tested.split(), images);
        AttackPlan plan = plan(cut(run, spec, tested), images, split, tested);
        Map<String, Path> neighbors = new NeighborSearch(
                        run,
                        List.of(plan),
                        tested.units(),
                        spec.getCosine(),
                        (pair, side) -> encoders.open(run, tested.encoders().get(side), plan.cuts()))
                .search();
        run.progress("learning what backgrounds tell", 0, 0, "image", Map.of());
        ReferenceGuesses references = new ReferenceGuesses(run, spec, plan);
        Map<Direction, Map<String, List<NeighborVote>>> guesses = new EnumMap<>(Direction.class);
        for (Direction direction : tested.directions()) {
            guesses.put(direction, references.of(direction, tested.encoders().get(direction.target())));
        }
        Map<String, Path> files = new LinkedHashMap<>(neighbors);
        files.putAll(new OneModelReport(run, plan, tested, new Verdicts(0, plan, neighbors)).write(guesses));
        run.publish("result", "one-model", files);
    }

    private static AttackPlan plan(DejaVuSpec spec, ImageSet images, Split split, TestedEncoders tested) {
        try {
            return new AttackPlan(spec, images, split);
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec(tested.split() + ": " + e.getMessage());
        }
    }

    /** The projector, where there is one. */
    private static DejaVuSpec cut(RunContext run, OneModelSpec spec, TestedEncoders tested) throws IOException {
        DejaVuSpec attack = OneModelRules.dejaVu(spec);
        if (attack.getCutsCount() > 0) {
            return attack;
        }
        String resource = tested.encoders().values().iterator().next();
        try (TrainedEncoder encoder = Inputs.encoder(run, resource)) {
            return attack.toBuilder()
                    .addCuts(encoder.identity().isProjected() ? CutFeatures.PROJECTOR : CutFeatures.BACKBONE)
                    .build();
        }
    }
}
