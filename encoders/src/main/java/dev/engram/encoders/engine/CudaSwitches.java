package dev.engram.encoders.engine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The process-wide switches of libtorch's context that say how cards compute: {@code torch.backends.cuda.matmul.allow_tf32},
 * {@code torch.backends.cudnn.allow_tf32}, {@code torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction},
 * {@code torch.use_deterministic_algorithms}. None of these functions throws. The library must be
 * loaded.
 */
final class CudaSwitches {
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String SET_TF32_PRODUCTS = "_ZN2at7Context18setAllowTF32CuBLASEb";
    private static final String SET_TF32_CONVOLUTIONS = "_ZN2at7Context17setAllowTF32CuDNNEb";
    private static final String TF32_PRODUCTS = "_ZNK2at7Context15allowTF32CuBLASEv";
    private static final String TF32_CONVOLUTIONS = "_ZNK2at7Context14allowTF32CuDNNEv";
    private static final String SET_BFLOAT16_SUMS = "_ZN2at7Context27setAllowBF16ReductionCuBLASEb";
    private static final String BFLOAT16_SUMS = "_ZNK2at7Context24allowBF16ReductionCuBLASEv";
    private static final String SET_DETERMINISTIC = "_ZN2at7Context26setDeterministicAlgorithmsEbb";
    private static final String SET_FILL = "_ZN2at7Context39setDeterministicFillUninitializedMemoryEb";
    private static final String SET_DETERMINISTIC_CUDNN = "_ZN2at7Context21setDeterministicCuDNNEb";

    private CudaSwitches() {}

    /** Whether products and convolutions of float32 numbers round their operands to TF32. libtorch's own default rounds convolutions. */
    static void allowTf32(boolean allowed) {
        set(SET_TF32_PRODUCTS, allowed);
        set(SET_TF32_CONVOLUTIONS, allowed);
    }

    static boolean allowsTf32() {
        return get(TF32_PRODUCTS) && get(TF32_CONVOLUTIONS);
    }

    /** Whether products of bfloat16 may be summed in bfloat16 where a product is divided. libtorch's own default allows it. */
    static void allowBfloat16Sums(boolean allowed) {
        set(SET_BFLOAT16_SUMS, allowed);
    }

    static boolean allowsBfloat16Sums() {
        return get(BFLOAT16_SUMS);
    }

    /** Equal inputs give equal bits wherever the library has a way; where it has none it warns and goes on. */
    static void computeDeterministically() {
        set(SET_DETERMINISTIC_CUDNN, true);
        set(SET_FILL, false);
        call(SET_DETERMINISTIC, handle(SET_DETERMINISTIC, FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS, ValueLayout.JAVA_BOOLEAN, ValueLayout.JAVA_BOOLEAN)), context(), true, true);
    }

    private static void set(String function, boolean value) {
        call(function, handle(function, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_BOOLEAN)), context(), value);
    }

    private static boolean get(String function) {
        return (boolean) call(
                function, handle(function, FunctionDescriptor.of(ValueLayout.JAVA_BOOLEAN, ValueLayout.ADDRESS)), context());
    }

    private static MemorySegment context() {
        return (MemorySegment) call(CONTEXT, handle(CONTEXT, FunctionDescriptor.of(ValueLayout.ADDRESS)));
    }

    private static Object call(String function, MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new EngineException("libtorch's " + function + " cannot be called", e);
        }
    }

    private static MethodHandle handle(String function, FunctionDescriptor types) {
        MemorySegment address = SymbolLookup.loaderLookup().find(function).orElseThrow(() ->
                new EngineException("The native library has no " + function + "; it must be libtorch 2.7.1"));
        return Linker.nativeLinker().downcallHandle(address, types);
    }
}
