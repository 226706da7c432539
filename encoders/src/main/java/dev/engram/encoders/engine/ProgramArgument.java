package dev.engram.encoders.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/** Turns a Java value into the engine's argument of a program. */
final class ProgramArgument {
    private ProgramArgument() {}

    static IValue of(int position, Object argument) {
        return switch (argument) {
            case Tensor tensor -> IValue.from(tensor.array());
            case List<?> list -> tensors(position, list);
            case Boolean value -> IValue.from(value.booleanValue());
            case Integer value -> IValue.from(value.longValue());
            case Long value -> IValue.from(value.longValue());
            case Float value -> IValue.from(value.doubleValue());
            case Double value -> IValue.from(value.doubleValue());
            case long[] values -> IValue.listFrom(values);
            case double[] values -> IValue.listFrom(values);
            case boolean[] values -> IValue.listFrom(values);
            case String value -> IValue.from(value);
            case null -> throw new IllegalArgumentException("Argument " + position + " is null");
            default -> throw unsupported(position, argument);
        };
    }

    private static IValue tensors(int position, List<?> list) {
        PtNDArray[] arrays = new PtNDArray[list.size()];
        for (int i = 0; i < arrays.length; i++) {
            if (!(list.get(i) instanceof Tensor tensor)) {
                throw new IllegalArgumentException("Argument %d: a list holds tensors only, element %d is %s"
                        .formatted(position, i, list.get(i) == null ? "null" : list.get(i).getClass().getName()));
            }
            arrays[i] = tensor.array();
        }
        return IValue.listFrom(arrays);
    }

    private static IllegalArgumentException unsupported(int position, Object argument) {
        return new IllegalArgumentException(
                "Argument %d is a %s; a program takes Tensor, List<Tensor>, boolean, int, long, double, String, boolean[], long[], double[]"
                        .formatted(position, argument.getClass().getName()));
    }
}
