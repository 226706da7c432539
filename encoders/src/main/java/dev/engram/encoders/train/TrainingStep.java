package dev.engram.encoders.train;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Precision;
import dev.engram.encoders.engine.ProgramResult;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import dev.engram.encoders.method.BatchNeeds;
import dev.engram.encoders.method.TrainingMethod;
import dev.engram.encoders.method.ViewNeeds;
import dev.engram.encoders.network.InPlaceRelu;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.network.Winograd;
import dev.engram.encoders.optim.Optimizer;
import dev.engram.encoders.optim.OptimizerRates;
import dev.engram.encoders.optim.PrivateGradient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One step of training as one native call: forward passes of student and teacher, loss, gradients, optimizer, and the moving
 * average that follows. Changes the state in place; intermediate results are freed as it goes.
 */
public final class TrainingStep implements AutoCloseable {
    /** Name of the scheduled number by which a moving average or a teacher follows: average ← m · average + (1 − m) · weight. */
    public static final String MOMENTUM = StepProgram.MOMENTUM;

    private final TrainingMethod method;
    private final Optimizer optimizer;
    private final StepLayout layout;
    private final StateLayout model;
    private final List<StateSpec> optimizerState;
    private final boolean averaging;
    private final StateLayout average;
    private final List<String> parameterNames;
    private final List<String> bufferNames;
    private final List<String> optimizerNames;
    private final List<String> averageParameters;
    private final List<String> averageBuffers;
    private final List<String> scalars;
    private final List<String> terms;
    private final TorchProgram program;
    private final Optional<PrivateGradient> privacy;

    private TrainingStep(
            TrainingMethod method,
            Optimizer optimizer,
            boolean averaging,
            Precision precision,
            Optional<PrivateGradient> privacy) {
        this.privacy = privacy;
        this.method = method;
        this.optimizer = optimizer;
        this.layout = new StepLayout(method);
        this.model = layout.model();
        this.optimizerState = optimizer.state(layout.parameters());
        boolean teaching = !method.teacher().isEmpty();
        this.averaging = averaging || teaching;
        this.average = teaching ? layout.teacher() : averaging ? model : new StateLayout(List.of(), List.of());
        this.parameterNames = model.parameters();
        this.bufferNames = model.buffers();
        this.optimizerNames = optimizerState.stream().map(StateSpec::name).toList();
        this.averageParameters = average.parameters();
        this.averageBuffers = average.buffers();
        this.scalars = scalars(method, this.averaging);
        privacy.ifPresent(asked -> checkSeparable());
        StepProgram.Written written = privacy
                .map(asked -> StepProgram.write(method, layout, optimizer, averaging, scalars, asked))
                .orElseGet(() -> StepProgram.write(method, layout, optimizer, averaging, scalars));
        this.terms = written.terms();
        this.program = TorchProgram.compile(Winograd.in(InPlaceRelu.in(precision.in(written.program()))));
    }

    /**
     * Compiles the step of a recipe.
     *
     * @param averaging whether a moving average of the weights is kept beside them; a method with a teacher keeps it in any case
     */
    public static TrainingStep of(TrainingMethod method, Optimizer optimizer, boolean averaging) {
        return of(method, optimizer, averaging, Precision.FLOAT32);
    }

    /** {@link #of(TrainingMethod, Optimizer, boolean)} with the layers in a given precision. */
    public static TrainingStep of(TrainingMethod method, Optimizer optimizer, boolean averaging, Precision precision) {
        return new TrainingStep(method, optimizer, averaging, precision, Optional.empty());
    }

    /**
     * Compiles the step of a recipe that keeps its images private. Each image goes through forward and backward pass by itself, so a
     * step costs more than an ordinary one. The method's loss must be a mean over images of what each gives alone.
     *
     * @throws IllegalArgumentException if the network or a head keeps statistics of batches
     */
    public static TrainingStep privately(
            TrainingMethod method, Optimizer optimizer, boolean averaging, PrivateGradient privacy) {
        return privately(method, optimizer, averaging, Precision.FLOAT32, privacy);
    }

    /** {@link #privately(TrainingMethod, Optimizer, boolean, PrivateGradient)} with the layers in a given precision. */
    public static TrainingStep privately(
            TrainingMethod method, Optimizer optimizer, boolean averaging, Precision precision, PrivateGradient privacy) {
        return new TrainingStep(method, optimizer, averaging, precision, Optional.of(privacy));
    }

    /** What changes the weights. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** What every batch must hold. */
    public BatchNeeds needs() {
        return method.needs();
    }

    /** Names of the scheduled numbers that {@link #run} wants beside the optimizer's rates. */
    public List<String> scalars() {
        return scalars;
    }

    /** The state before the first step, drawn from a seed; average or teacher begin as a copy of the weights. */
    public TrainingState initialState(long seed) {
        StateDict weights = model.initialState(seed);
        StateDict optimizer = new StateLayout(optimizerState, List.of()).initialState(seed);
        return new TrainingState(0, weights, optimizer, averaging ? copied(weights) : null);
    }

    /**
     * Checks that a state, such as one read from a checkpoint, is one of this recipe.
     *
     * @throws IllegalArgumentException naming every tensor that is missing, unexpected or of another shape
     */
    public void verify(TrainingState state) {
        model.verify(state.model());
        new StateLayout(optimizerState, List.of()).verify(state.optimizer());
        if (state.average().isPresent() != averaging) {
            throw new IllegalArgumentException("The recipe keeps %s moving average, the state has %s"
                    .formatted(averaging ? "a" : "no", averaging ? "none" : "one"));
        }
        state.average().ifPresent(average::verify);
    }

    /**
     * Does one step.
     *
     * @param state changed in place, its step is counted up
     * @param batch as {@link #needs} says
     * @param draws what is left to chance, group by group: random orders where a group is masked, then uniform numbers where it wants some
     * @param rates of the optimizer for this step
     * @param values of {@link #scalars}; more are ignored
     * @return the loss before the step, which is NaN or infinite if training has diverged, and its terms
     */
    public Outcome run(
            TrainingState state, Batch batch, List<Tensor> draws, OptimizerRates rates, Map<String, Double> values) {
        checkBatch(batch);
        List<Object> arguments = new ArrayList<>();
        arguments.add(batch.views());
        arguments.add(needs().labels() ? List.of(batch.labels().orElseThrow()) : List.of());
        arguments.add(draws);
        arguments.add(state.model().get(parameterNames));
        arguments.add(state.model().get(bufferNames));
        arguments.add(state.optimizer().get(optimizerNames));
        StateDict followers = state.average().orElse(null);
        arguments.add(averaging ? followers.get(averageParameters) : List.of());
        arguments.add(averaging ? followers.get(averageBuffers) : List.of());
        arguments.addAll(List.of(rates.learningRate(), rates.weightDecay(), rates.momentum()));
        scalars.forEach(name -> arguments.add(value(values, name)));
        try (Scope scope = Scope.open()) {
            privacy.ifPresent(asked -> {
                arguments.add(asked.noise(scope, layout.parameters(), state.step()));
                arguments.add((long) batch.images());
            });
            ProgramResult result = program.runWithGradient(scope, arguments.toArray());
            state.advance();
            Map<String, Double> watched = new LinkedHashMap<>();
            for (int i = 0; i < terms.size(); i++) {
                watched.put(terms.get(i), result.tensors(1).get(i).item());
            }
            return new Outcome(result.tensor(0).item(), watched);
        }
    }

    /** The same for a method that masks nothing, with the optimizer's own weight decay and momentum. */
    public Outcome run(TrainingState state, Batch batch, double learningRate, Map<String, Double> values) {
        return run(state, batch, List.of(), optimizer.rates(learningRate), values);
    }

    /**
     * What a step found.
     *
     * @param loss before the step
     * @param terms of the loss and whatever else the method watches, by name
     */
    public record Outcome(double loss, Map<String, Double> terms) {}

    /** The program's text, for the curious and for bug reports. */
    public String text() {
        return program.text();
    }

    @Override
    public void close() {
        program.close();
    }

    private StateDict copied(StateDict weights) {
        StateDict copy = new StateDict();
        average.state().forEach(spec -> copy.putCopy(spec.name(), weights.get(spec.name())));
        return copy;
    }

    private void checkSeparable() {
        model.buffers().stream().filter(name -> name.endsWith(".running_mean")).findFirst().ifPresent(statistic -> {
            throw new IllegalArgumentException(("dp_sgd: %s keeps %s, a statistic of whole batches; it needs a network and heads without"
                            + " batch normalization")
                    .formatted(method.model().name(), statistic));
        });
    }

    private void checkBatch(Batch batch) {
        List<ViewNeeds> views = needs().views();
        if (batch.views().size() != views.size()) {
            throw new IllegalArgumentException("%s wants %d groups of views, the batch has %d"
                    .formatted(method.name(), views.size(), batch.views().size()));
        }
        for (int group = 0; group < views.size(); group++) {
            long expected = (long) views.get(group).count() * batch.images();
            if (batch.views().get(group).size(0) != expected) {
                throw new IllegalArgumentException("%s wants %d views of %d images in group %d, the batch has %s".formatted(
                        method.name(), views.get(group).count(), batch.images(), group, batch.views().get(group)));
            }
        }
        if (needs().labels() && batch.labels().isEmpty()) {
            throw new IllegalArgumentException(method.name() + " wants labels, the batch has none");
        }
    }

    private static double value(Map<String, Double> values, String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The step wants the scheduled number %s, given are %s".formatted(name, values.keySet()));
        }
        return value;
    }

    private static List<String> scalars(TrainingMethod method, boolean averaging) {
        Set<String> names = new LinkedHashSet<>();
        if (averaging) {
            names.add(MOMENTUM);
        }
        names.addAll(method.scalars());
        if (!method.freezable().isEmpty()) {
            names.add(TrainingMethod.FREEZE);
        }
        return List.copyOf(names);
    }
}
