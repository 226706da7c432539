package dev.engram.encoders.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * What a card can do, by its driver (CUDA Driver API: {@code cuDeviceGetAttribute}). The driver is there wherever a card is; the runtime
 * library is not, as libtorch brings its own under a name that nobody else finds.
 *
 * @param major 8 for NVIDIA Ampere, 9 for Hopper
 * @param minor at least 0
 */
record ComputeCapability(int major, int minor) {
    private static final String DRIVER = "libcuda.so.1";
    /** Numbers of {@code CUdevice_attribute}. */
    private static final int MAJOR = 75;

    private static final int MINOR = 76;

    /**
     * That of a card.
     *
     * @param card its number in this process
     * @throws EngineException if the driver does not say
     */
    static ComputeCapability of(int card) {
        try (Arena arena = Arena.ofConfined()) {
            return of(SymbolLookup.libraryLookup(DRIVER, arena), card);
        } catch (IllegalArgumentException e) {
            throw new EngineException("The CUDA driver, %s, cannot be loaded: %s".formatted(DRIVER, e.getMessage()), e);
        }
    }

    /** @param driver where its functions are */
    static ComputeCapability of(SymbolLookup driver, int card) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            call(driver, "cuInit", 0);
            call(driver, "cuDeviceGet", number, card);
            int device = number.get(ValueLayout.JAVA_INT, 0);
            call(driver, "cuDeviceGetAttribute", number, MAJOR, device);
            int major = number.get(ValueLayout.JAVA_INT, 0);
            call(driver, "cuDeviceGetAttribute", number, MINOR, device);
            return new ComputeCapability(major, number.get(ValueLayout.JAVA_INT, 0));
        }
    }

    private static void call(SymbolLookup driver, String function, Object... arguments) {
        MemorySegment address = driver.find(function).orElseThrow(() -> new EngineException("The CUDA driver has no " + function));
        MemoryLayout[] types = Arrays.stream(arguments)
                .map(argument -> argument instanceof MemorySegment ? ValueLayout.ADDRESS : ValueLayout.JAVA_INT)
                .toArray(MemoryLayout[]::new);
        int error;
        try {
            error = (int) Linker.nativeLinker()
                    .downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, types))
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new EngineException("The CUDA driver's %s cannot be called".formatted(function), e);
        }
        if (error != 0) {
            throw new EngineException("The CUDA driver's %s answers with error %d".formatted(function, error));
        }
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
