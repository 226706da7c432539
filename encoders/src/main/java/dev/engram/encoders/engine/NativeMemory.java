package dev.engram.encoders.engine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * How the C library hands out memory in this process, set for tensor work: every step asks for the same hundreds of megabytes again.
 *
 * <p>By default glibc gives each large block back to the kernel when it is freed, and the kernel clears it page by page when it
 * is wanted again: a fifth of the processor time of a ResNet-9 training step. Here freed blocks stay with the process and are
 * used again, from one arena, and large tensors lie in huge pages. Resident memory is the highest that was ever needed at once; it
 * goes back when the process ends. A thread that allocated before keeps its arena, which gives large blocks back: so a process that
 * trains is started with {@code MALLOC_ARENA_MAX=1}. Each setting yields to its environment variable, and is left out where there is no glibc.
 */
final class NativeMemory {
    /** Numbers of {@code malloc.h}. */
    private static final int TRIM_THRESHOLD = -1;

    private static final int MMAP_MAX = -4;
    private static final int ARENA_MAX = -8;
    private static final int NEVER = -1;

    private NativeMemory() {}

    /** To be called before the native libraries are loaded. */
    static void keepFreedBlocks() {
        NativeEnvironment.setUnlessGiven("THP_MEM_ALLOC_ENABLE", "1");
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> address = linker.defaultLookup().find("mallopt");
        if (address.isEmpty()) {
            return;
        }
        MethodHandle mallopt = linker.downcallHandle(
                address.get(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        set(mallopt, MMAP_MAX, 0, "MALLOC_MMAP_MAX_");
        set(mallopt, TRIM_THRESHOLD, NEVER, "MALLOC_TRIM_THRESHOLD_");
        set(mallopt, ARENA_MAX, 1, "MALLOC_ARENA_MAX");
    }

    private static void set(MethodHandle mallopt, int parameter, int value, String variable) {
        if (System.getenv(variable) != null) {
            return;
        }
        try {
            int done = (int) mallopt.invokeExact(parameter, value);
            if (done == 0) {
                throw new EngineException("The C library refuses to set " + variable + " to " + value);
            }
        } catch (EngineException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new EngineException("The C library cannot set " + variable, e);
        }
    }
}
