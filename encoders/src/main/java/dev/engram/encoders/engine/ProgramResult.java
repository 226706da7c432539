package dev.engram.encoders.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;

/** What a program returned: one value, or the parts of a tuple. Its tensors belong to the scope given to the run. */
public final class ProgramResult {
    private final List<Object> parts;

    private ProgramResult(List<Object> parts) {
        this.parts = List.copyOf(parts);
    }

    /** The only part, a tensor. */
    public Tensor tensor() {
        return only(Tensor.class);
    }

    /** The only part, a list of tensors. */
    @SuppressWarnings("unchecked")
    public List<Tensor> tensors() {
        return only(List.class);
    }

    /** Part {@code index} of the tuple, a tensor. */
    public Tensor tensor(int index) {
        return part(index, Tensor.class);
    }

    /** Part {@code index} of the tuple, a list of tensors. */
    @SuppressWarnings("unchecked")
    public List<Tensor> tensors(int index) {
        return part(index, List.class);
    }

    /** Part {@code index} of the tuple, a float or int. */
    public double number(int index) {
        return part(index, Number.class).doubleValue();
    }

    /** Number of parts. */
    public int size() {
        return parts.size();
    }

    static ProgramResult read(IValue value, Scope scope) {
        List<Object> parts = new ArrayList<>();
        if (!value.isTuple()) {
            parts.add(part(value, scope));
            return new ProgramResult(parts);
        }
        IValue[] elements = value.toIValueTuple();
        try {
            for (IValue element : elements) {
                parts.add(part(element, scope));
            }
        } finally {
            for (IValue element : elements) {
                element.close();
            }
        }
        return new ProgramResult(parts);
    }

    private static Object part(IValue value, Scope scope) {
        PtNDManager manager = scope.openManager();
        if (value.isTensor()) {
            return scope.adopt(value.toTensor(manager));
        }
        if (value.isTensorList()) {
            List<Tensor> tensors = new ArrayList<>();
            for (PtNDArray array : value.toTensorArray(manager)) {
                tensors.add(scope.adopt(array));
            }
            return List.copyOf(tensors);
        }
        if (value.isDouble()) {
            return value.toDouble();
        }
        if (value.isLong()) {
            return value.toLong();
        }
        if (value.isBoolean()) {
            return value.toBoolean() ? 1L : 0L;
        }
        throw new EngineException("A program returns Tensor, List[Tensor], float, int or bool, or a tuple of these, not "
                + value.getType());
    }

    private <T> T only(Class<T> type) {
        if (parts.size() != 1) {
            throw new IllegalStateException("The program returned " + parts.size() + " parts, not one");
        }
        return part(0, type);
    }

    private <T> T part(int index, Class<T> type) {
        Object part = parts.get(index);
        if (!type.isInstance(part)) {
            throw new IllegalStateException(
                    "Part " + index + " is a " + part.getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return type.cast(part);
    }
}
