package dev.engram.encoders.train;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.method.MethodProgram;
import dev.engram.encoders.method.Part;
import dev.engram.encoders.method.TrainingMethod;
import dev.engram.encoders.method.ViewNeeds;
import dev.engram.encoders.network.Graph;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.objective.Loss;
import dev.engram.encoders.optim.MovingAverage;
import dev.engram.encoders.optim.Optimizer;
import dev.engram.encoders.optim.PrivateGradient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes one step of a method and an optimizer as one program. */
final class StepProgram implements MethodProgram {
    /** Name of the scheduled number by which a moving average or a teacher follows. */
    static final String MOMENTUM = "m";

    private static final String LEAVES = "q";
    private static final String BUFFERS = "b";
    private static final String AVERAGE = "e";
    private static final String AVERAGE_BUFFERS = "eb";

    private ProgramText text = new ProgramText();
    private final TrainingMethod method;
    private final StepLayout layout;
    private final List<String> scalars;
    private final List<String> buffers;
    private final Map<Integer, String> views = new HashMap<>();
    private final Map<String, String> slices = new HashMap<>();

    private StepProgram(TrainingMethod method, StepLayout layout, List<String> scalars) {
        this.method = method;
        this.layout = layout;
        this.scalars = scalars;
        this.buffers = layout.model().buffers();
    }

    /**
     * The program and the names of what it returns beside the loss.
     *
     * @param averaging whether a moving average of all parts is kept; a teacher is one anyway
     * @param scalars names of all scheduled numbers, in the order of the program's arguments
     */
    static Written write(
            TrainingMethod method, StepLayout layout, Optimizer optimizer, boolean averaging, List<String> scalars) {
        return new StepProgram(method, layout, scalars).write(optimizer, averaging);
    }

    /** The same with a gradient that keeps its images private; two more arguments: noise for every parameter, and the number of images. */
    static Written write(
            TrainingMethod method,
            StepLayout layout,
            Optimizer optimizer,
            boolean averaging,
            List<String> scalars,
            PrivateGradient privacy) {
        return new StepProgram(method, layout, scalars).write(optimizer, averaging, privacy);
    }

    /** @param terms names of the scalars in the second part of the result */
    record Written(String program, List<String> terms) {}

    private Written write(Optimizer optimizer, boolean averaging) {
        Loss loss = loss();
        gradients(loss.value());
        step(optimizer);
        average(averaging);
        String program = text.forward(
                "x: List[Tensor], y: List[Tensor], o: List[Tensor], p: List[Tensor], b: List[Tensor], s: List[Tensor],"
                        + " e: List[Tensor], eb: List[Tensor], " + Optimizer.RATES + scalarArguments(),
                "Tuple[Tensor, List[Tensor]]",
                "(torch.detach(" + loss.value() + "), " + detached(loss) + ")");
        return new Written(program, List.copyOf(loss.terms().keySet()));
    }

    private Written write(Optimizer optimizer, boolean averaging, PrivateGradient privacy) {
        text.line("_on = torch.set_grad_enabled(True)");
        Loss loss = loss();
        gradients(loss.value());
        String example = text.method(
                "example",
                "x: List[Tensor], y: List[Tensor], o: List[Tensor], p: List[Tensor], b: List[Tensor], e: List[Tensor],"
                        + " eb: List[Tensor]" + scalarArguments(),
                "Tuple[Tensor, List[Tensor], List[Tensor]]",
                "(torch.detach(" + loss.value() + "), g, " + detached(loss) + ")");
        text = new ProgramText();
        slices.clear();
        List<String> terms = List.copyOf(loss.terms().keySet());
        privateGradient(privacy, terms.size());
        step(optimizer);
        average(averaging);
        String means = IntStream.rangeClosed(1, terms.size())
                .mapToObj(i -> "torch.select(means, 0, " + i + ")")
                .collect(Collectors.joining(", "));
        String forward = text.forward(
                "x: List[Tensor], y: List[Tensor], o: List[Tensor], p: List[Tensor], b: List[Tensor], s: List[Tensor],"
                        + " e: List[Tensor], eb: List[Tensor], " + Optimizer.RATES + scalarArguments()
                        + ", noise: List[Tensor], n: int",
                "Tuple[Tensor, List[Tensor]]",
                "(torch.select(means, 0, 0), annotate(List[Tensor], [" + means + "]))");
        return new Written(example + forward, terms);
    }

    /** Sums the clipped gradients of single images, one after the other, and adds noise. */
    private void privateGradient(PrivateGradient privacy, int terms) {
        text.line("_off = torch.set_grad_enabled(False)");
        text.line("g = annotate(List[Tensor], [])");
        text.line("for i in range(torch.len(p)):");
        text.line("  _z = torch.append(g, torch.zeros_like(p[i]))");
        text.line("sums = torch.new_zeros(p[0], [%d])", terms + 1);
        text.line("for i in range(n):");
        for (String list : List.of("x", "y", "o")) {
            text.line("  %s1 = annotate(List[Tensor], [])", list);
            text.line("  for k in range(torch.len(%s)):", list);
            text.line("    _%1$s = torch.append(%1$s1, torch.slice(%1$s[k], 0, i, %2$d, n))", list, Long.MAX_VALUE);
        }
        text.line("  loss, own, watched, = (self).example(x1, y1, o1, p, b, e, eb%s)",
                scalars.stream().map(name -> ", " + name).collect(Collectors.joining()));
        text.line("  _l = torch.add_(torch.select(sums, 0, 0), loss)");
        for (int i = 0; i < terms; i++) {
            text.line("  _t%d = torch.add_(torch.select(sums, 0, %d), watched[%d])", i, i + 1, i);
        }
        text.line("  norm = torch.linalg_vector_norm(torch.stack(ops.aten._foreach_norm(own, 2), 0), 2, None, False)");
        text.line("  scale = torch.clamp_max(torch.div(torch.full_like(norm, %s), torch.add(norm, 1e-6)), 1.)", privacy.clipNorm());
        text.line("  ops.aten._foreach_add_(g, ops.aten._foreach_mul(own, scale), alpha=1)");
        text.line("means = torch.div(sums, ops.prim.max(n, 1))");
        text.line("ops.aten._foreach_add_(g, noise, alpha=%s)", privacy.clipNorm() * privacy.noiseMultiplier());
        text.line("g = ops.aten._foreach_mul(g, %s)", 1.0 / privacy.expectedBatch());
    }

    private Loss loss() {
        text.line(LEAVES + " = annotate(List[Tensor], [])");
        text.line("for i in range(torch.len(p)):");
        text.line("  _q = torch.append(" + LEAVES + ", torch.requires_grad_(torch.detach(p[i]), True))");
        for (int group = 0; group < method.needs().views().size(); group++) {
            views.put(group, text.let("torch.contiguous(x[%d], memory_format=2)", group));
        }
        return method.loss(this);
    }

    private String scalarArguments() {
        return scalars.stream().map(name -> ", " + name + ": float").collect(Collectors.joining());
    }

    private static String detached(Loss loss) {
        return loss.terms().values().stream()
                .map(term -> "torch.detach(" + term + ")")
                .collect(Collectors.joining(", ", "annotate(List[Tensor], [", "])"));
    }

    /** Gradients come in whatever layout the backward pass chose; fused optimizers read memory in order. */
    private void gradients(String loss) {
        String found = text.let("torch.grad([%s], %s, None, None, False, False)", loss, LEAVES);
        text.line("_off = torch.set_grad_enabled(False)");
        text.line("g = annotate(List[Tensor], [])");
        text.line("for i in range(torch.len(p)):");
        text.line("  _g = torch.append(g, torch.contiguous(unchecked_cast(Tensor, %s[i])))", found);
    }

    /** The optimizer's step; frozen parameters and what is remembered of them are put back afterwards. */
    private void step(Optimizer optimizer) {
        List<StateSpec> parameters = layout.parameters();
        List<String> frozen = frozen(optimizer, parameters);
        if (frozen.isEmpty()) {
            optimizer.step(text, parameters);
            return;
        }
        text.line("kept = annotate(List[Tensor], [])");
        text.line("if torch.gt(%s, 0.):", TrainingMethod.FREEZE);
        for (int i = 0; i < frozen.size(); i++) {
            text.line("  _k%d = torch.append(kept, torch.clone(%s))", i, frozen.get(i));
        }
        optimizer.step(text, parameters);
        text.line("if torch.gt(%s, 0.):", TrainingMethod.FREEZE);
        for (int i = 0; i < frozen.size(); i++) {
            text.line("  _r%d = torch.copy_(%s, kept[%d])", i, frozen.get(i), i);
        }
    }

    private List<String> frozen(Optimizer optimizer, List<StateSpec> parameters) {
        List<String> names = parameters.stream().map(StateSpec::name).toList();
        List<String> remembered = optimizer.state(parameters).stream().map(StateSpec::name).toList();
        List<String> frozen = new ArrayList<>();
        for (String name : method.freezable()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(method.name() + " has no parameter " + name + " to freeze");
            }
            frozen.add(Optimizer.PARAMETERS + "[" + names.indexOf(name) + "]");
            for (int i = 0; i < remembered.size(); i++) {
                if (remembered.get(i).endsWith("." + name)) {
                    frozen.add(Optimizer.STATE + "[" + i + "]");
                }
            }
        }
        return frozen;
    }

    private void average(boolean averaging) {
        if (!method.teacher().isEmpty()) {
            List<String> names = layout.model().parameters();
            String current = layout.teacher().parameters().stream()
                    .map(name -> Optimizer.PARAMETERS + "[" + names.indexOf(name) + "]")
                    .collect(Collectors.joining(", ", "annotate(List[Tensor], [", "])"));
            MovingAverage.follow(text, AVERAGE, text.let(current), MOMENTUM);
            return;
        }
        if (averaging) {
            MovingAverage.update(text,
                    new MovingAverage.Lists(AVERAGE, AVERAGE_BUFFERS), new MovingAverage.Lists("p", BUFFERS), MOMENTUM);
        }
    }

    @Override
    public ProgramText text() {
        return text;
    }

    @Override
    public Node views(int group) {
        String name = views.get(group);
        if (name == null) {
            throw new IllegalArgumentException("%s asked for no group %d of views".formatted(method.name(), group));
        }
        return new Node(name, method.needs().shape(group));
    }

    @Override
    public Node view(int group, int view) {
        int count = method.needs().views().get(group).count();
        if (view < 0 || view >= count) {
            throw new IllegalArgumentException("group %d has %d views, no view %d".formatted(group, count, view));
        }
        String parts = slices.computeIfAbsent(
                "view " + group, key -> text.let("torch.chunk(%s, %d, 0)", views(group).variable(), count));
        return new Node(parts + "[" + view + "]", method.needs().shape(group));
    }

    @Override
    public String labels() {
        if (!method.needs().labels()) {
            throw new IllegalArgumentException(method.name() + " asked for no labels");
        }
        return "y[0]";
    }

    @Override
    public String orders(int group) {
        if (method.needs().views().get(group).maskedTokens() == 0) {
            throw new IllegalArgumentException("%s asked for no orders of group %d".formatted(method.name(), group));
        }
        return "o[" + drawsBefore(group) + "]";
    }

    @Override
    public String chances(int group) {
        ViewNeeds views = method.needs().views().get(group);
        if (views.chances() == 0) {
            throw new IllegalArgumentException("%s asked for no chances of group %d".formatted(method.name(), group));
        }
        return "o[" + (drawsBefore(group) + views.draws() - 1) + "]";
    }

    private int drawsBefore(int group) {
        return method.needs().views().subList(0, group).stream().mapToInt(ViewNeeds::draws).sum();
    }

    @Override
    public String scalar(String name) {
        if (!scalars.contains(name)) {
            throw new IllegalArgumentException("%s declares no scheduled number %s".formatted(method.name(), name));
        }
        return name;
    }

    @Override
    public String buffer(String name) {
        int index = buffers.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("%s declares no buffer %s".formatted(method.name(), name));
        }
        return BUFFERS + "[" + index + "]";
    }

    @Override
    public Graph student(Part part) {
        return graph(layout.student(part), LEAVES, BUFFERS);
    }

    @Override
    public Node student(Part part, Node x) {
        return part.network().forward(student(part), x);
    }

    @Override
    public Node teacher(Part part, Node x) {
        return part.network().forward(graph(layout.teacher(part), AVERAGE, AVERAGE_BUFFERS), x);
    }

    /** A part sees lists of its own that begin at 0, so that it can be run as often as a method likes. */
    private Graph graph(StepLayout.Range range, String parameters, String buffers) {
        return Graph.training(
                text, slice(parameters, range.from(), range.to()), slice(buffers, range.bufferFrom(), range.bufferTo()));
    }

    private String slice(String list, int from, int to) {
        return slices.computeIfAbsent(
                "%s %d %d".formatted(list, from, to), key -> text.let("torch.slice(%s, %d, %d, 1)", list, from, to));
    }
}
