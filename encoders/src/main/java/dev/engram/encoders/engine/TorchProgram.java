package dev.engram.encoders.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A compiled tensor program, given as the text of one or more TorchScript methods:
 *
 * <pre>{@code
 * TorchProgram program = TorchProgram.compile("""
 *         def forward(self, x: Tensor, scale: float) -> Tensor:
 *           y = torch.relu(x)
 *           return torch.mul(y, scale)
 *         """);
 * }</pre>
 *
 * <p>All of ATen is there as {@code torch.NAME}; operators in other places as {@code ops.aten.NAME}. Intermediate results
 * are freed as the program goes; its tensors all come in as arguments, so one program serves any state. Compiling takes some
 * 20 ms for a ResNet; keep a program for as long as it is used. Any number of threads may run one program at once.
 */
public final class TorchProgram implements AutoCloseable {
    private static final Pattern POSITION = Pattern.compile("code/__torch__\\.py\", line (\\d+)");

    private final String text;
    private final PtNDManager manager;
    private final PtSymbolBlock block;

    private TorchProgram(String text, PtNDManager manager, PtSymbolBlock block) {
        this.text = text;
        this.manager = manager;
        this.block = block;
    }

    /**
     * Compiles a program.
     *
     * @param text methods of a module, beginning in the first column, each with {@code self} first and typed arguments
     * @throws ProgramException if the text does not compile, with its line
     */
    public static TorchProgram compile(String text) {
        PtNDManager manager = TorchEngine.newManager();
        TorchEngine.prepareThread(false);
        try {
            PtSymbolBlock block =
                    JniUtils.loadModule(manager, new ByteArrayInputStream(ProgramArchive.of(text)), false, false);
            return new TorchProgram(text, manager, block);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw failure("does not compile", text, e);
        }
    }

    /**
     * Runs {@code forward} without recording gradients.
     *
     * @param scope owns the tensors of the result
     * @param arguments {@link Tensor}, {@code List<Tensor>}, boolean, int, long, double, String, boolean[], long[] or double[]
     * @throws ProgramException if the program fails, with the line of its text
     */
    public ProgramResult run(Scope scope, Object... arguments) {
        return call("forward", false, scope, arguments);
    }

    /**
     * Runs {@code forward} with gradients recorded, for a program that takes them itself by {@code torch.grad}. Tensors that
     * such a program returns should be detached, or they keep the whole graph alive.
     *
     * @param scope owns the tensors of the result
     * @param arguments as in {@link #run}
     * @throws ProgramException if the program fails, with the line of its text
     */
    public ProgramResult runWithGradient(Scope scope, Object... arguments) {
        return call("forward", true, scope, arguments);
    }

    /** Runs another method than {@code forward}, without recording gradients. */
    public ProgramResult runMethod(String method, Scope scope, Object... arguments) {
        return call(method, false, scope, arguments);
    }

    /** Copies elements, for a program that does; between arrays that belong to no scope. */
    void copy(PtNDArray to, PtNDArray values) {
        TorchEngine.prepareThread(false);
        try (IValue target = IValue.from(to); IValue source = IValue.from(values)) {
            NativeCalls.run(block, "forward", new IValue[] {target, source}).close();
        } catch (ai.djl.engine.EngineException e) {
            throw failure("fails", text, e);
        }
    }

    /** The text that was compiled. */
    public String text() {
        return text;
    }

    /** Frees the compiled program. Closing twice does nothing. */
    @Override
    public void close() {
        block.close();
        manager.close();
    }

    private ProgramResult call(String method, boolean gradient, Scope scope, Object... arguments) {
        if (block.getHandle() == null) {
            throw new IllegalStateException("The program is closed");
        }
        scope.openManager();
        IValue[] values = new IValue[arguments.length];
        TorchEngine.prepareThread(gradient);
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = ProgramArgument.of(i, arguments[i]);
            }
            try (IValue result = NativeCalls.run(block, method, values)) {
                return ProgramResult.read(result, scope);
            }
        } catch (ai.djl.engine.EngineException e) {
            throw failure("fails", text, e);
        } finally {
            JniUtils.setGradMode(false);
            for (IValue value : values) {
                if (value != null) {
                    value.close();
                }
            }
        }
    }

    private static ProgramException failure(String what, String text, Exception cause) {
        String message = String.valueOf(cause.getMessage()).strip();
        Matcher matcher = POSITION.matcher(message);
        int line = -1;
        while (matcher.find()) {
            line = Integer.parseInt(matcher.group(1)) - ProgramArchive.HEADER_LINES;
        }
        String[] lines = text.split("\n", -1);
        if (line < 1 || line > lines.length) {
            return new ProgramException("The program " + what + ": " + message, -1, cause);
        }
        return new ProgramException(
                "The program %s at line %d, %s: %s".formatted(what, line, lines[line - 1].strip(), message), line, cause);
    }
}
