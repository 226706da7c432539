package dev.engram.runs.launch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The CUDA cards of this machine, as its driver names them (CUDA Driver API: {@code cuInit}, {@code cuDeviceGetCount}, {@code cuDeviceGetName}).
 * A process sees the cards of {@code CUDA_VISIBLE_DEVICES} only, numbered from 0. Asking makes no context and takes no memory of a card.
 */
@FunctionalInterface
public interface CudaDriver {
    /** The cards' names by their numbers; empty where there is no driver or no card. */
    List<String> cards();

    /** The driver of this machine. */
    static CudaDriver ofThisMachine() {
        return () -> cards("libcuda.so.1");
    }

    /** @param library the driver's, as the dynamic linker finds it */
    static List<String> cards(String library) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup driver = SymbolLookup.libraryLookup(library, arena);
            if (call(driver, "cuInit", 0) != 0) {
                return List.of();
            }
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            if (call(driver, "cuDeviceGetCount", number) != 0) {
                return List.of();
            }
            List<String> cards = new ArrayList<>();
            int count = number.get(ValueLayout.JAVA_INT, 0);
            MemorySegment text = arena.allocate(256);
            for (int i = 0; i < count; i++) {
                boolean named = call(driver, "cuDeviceGet", number, i) == 0
                        && call(driver, "cuDeviceGetName", text, (int) text.byteSize(), number.get(ValueLayout.JAVA_INT, 0)) == 0;
                cards.add(named ? text.getString(0, StandardCharsets.UTF_8) : "a card without a name");
            }
            return List.copyOf(cards);
        } catch (IllegalArgumentException noLibrary) {
            return List.of();
        }
    }

    private static int call(SymbolLookup driver, String function, Object... arguments) {
        var types = new java.lang.foreign.MemoryLayout[arguments.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = arguments[i] instanceof MemorySegment ? ValueLayout.ADDRESS : ValueLayout.JAVA_INT;
        }
        MemorySegment address = driver.find(function).orElseThrow(() -> new IllegalArgumentException("no " + function));
        MethodHandle handle = Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, types));
        try {
            return (int) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("the CUDA driver's " + function + " cannot be called", e);
        }
    }
}
