package dev.engram.encoders.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The three native functions that DJL has but keeps to its own package: run a method outside of inference mode, and make a
 * tensor contiguous. Reached by method handles, so that no class of ours has to live in DJL's package.
 */
final class NativeCalls {
    private static final MethodHandle RUN;
    private static final MethodHandle IS_CONTIGUOUS;
    private static final MethodHandle TO_CONTIGUOUS;
    private static final MethodHandle NEW_VALUE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(IValue.class, MethodHandles.lookup());
            Class<?> library = lookup.findClass("ai.djl.pytorch.jni.PyTorchLibrary");
            Object functions = lookup.findStaticGetter(library, "LIB", library).invoke();
            RUN = lookup.findVirtual(
                            library,
                            "moduleRunMethod",
                            MethodType.methodType(
                                    long.class, long.class, String.class, long[].class, boolean.class, boolean.class))
                    .bindTo(functions);
            IS_CONTIGUOUS = lookup.findVirtual(
                            library, "torchIsContiguous", MethodType.methodType(boolean.class, long.class))
                    .bindTo(functions);
            TO_CONTIGUOUS = lookup.findVirtual(
                            library, "torchToContiguous", MethodType.methodType(long.class, long.class))
                    .bindTo(functions);
            NEW_VALUE = lookup.findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private NativeCalls() {}

    /** Runs outside of inference mode, whose tensors could never be part of a later gradient. */
    static IValue run(PtSymbolBlock block, String method, IValue[] arguments) {
        long[] handles = new long[arguments.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = arguments[i].getHandle();
        }
        try {
            long result = (long) RUN.invokeExact((long) block.getHandle(), method, handles, true, false);
            return (IValue) NEW_VALUE.invokeExact(result);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** Whether the elements lie in memory in row-major order. */
    static boolean isContiguous(PtNDArray array) {
        try {
            return (boolean) IS_CONTIGUOUS.invokeExact((long) array.getHandle());
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** The same array, or a contiguous copy owned by {@code owner}. */
    static PtNDArray contiguous(PtNDArray array, PtNDManager owner) {
        try {
            if (isContiguous(array)) {
                return array;
            }
            return new PtNDArray(owner, (long) TO_CONTIGUOUS.invokeExact((long) array.getHandle()));
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new EngineException(e.getMessage(), e);
    }
}
