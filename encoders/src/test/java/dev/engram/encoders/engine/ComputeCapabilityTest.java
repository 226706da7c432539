package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A driver of two cards, written here: number 0 is a Tesla T4, number 1 an H200. */
class ComputeCapabilityTest {
    private static final OfInt INT = ValueLayout.JAVA_INT;
    private static final int NO_DEVICE = 101;

    @Test
    void eachCardHasItsOwn() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup driver = driver(arena);
            assertEquals(new ComputeCapability(7, 5), ComputeCapability.of(driver, 0));
            assertEquals(new ComputeCapability(9, 0), ComputeCapability.of(driver, 1));
            assertEquals("9.0", ComputeCapability.of(driver, 1).toString());
        }
    }

    @Test
    void whatTheDriverRefusesIsSaid() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup driver = driver(arena);
            assertEquals("The CUDA driver's cuDeviceGet answers with error 101",
                    assertThrows(EngineException.class, () -> ComputeCapability.of(driver, 2)).getMessage());
            assertEquals("The CUDA driver has no cuInit",
                    assertThrows(EngineException.class, () -> ComputeCapability.of(name -> Optional.empty(), 0)).getMessage());
        }
    }

    private static SymbolLookup driver(Arena arena) throws Exception {
        MethodHandles.Lookup here = MethodHandles.lookup();
        Linker linker = Linker.nativeLinker();
        Class<?> self = ComputeCapabilityTest.class;
        Map<String, MemorySegment> functions = Map.of(
                "cuInit", linker.upcallStub(
                        here.findStatic(self, "init", MethodType.methodType(int.class, int.class)), FunctionDescriptor.of(INT, INT), arena),
                "cuDeviceGet", linker.upcallStub(
                        here.findStatic(self, "get", MethodType.methodType(int.class, MemorySegment.class, int.class)),
                        FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT), arena),
                "cuDeviceGetAttribute", linker.upcallStub(
                        here.findStatic(self, "attribute", MethodType.methodType(int.class, MemorySegment.class, int.class, int.class)),
                        FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT, INT), arena));
        return name -> Optional.ofNullable(functions.get(name));
    }

    private static int init(int flags) {
        return flags;
    }

    /** A device is another number than its ordinal. */
    private static int get(MemorySegment device, int ordinal) {
        device.reinterpret(INT.byteSize()).set(INT, 0, ordinal + 40);
        return ordinal < 2 ? 0 : NO_DEVICE;
    }

    private static int attribute(MemorySegment value, int attribute, int device) {
        int[] capability = device == 40 ? new int[] {7, 5} : new int[] {9, 0};
        if (device < 40 || attribute != 75 && attribute != 76) {
            return 1;
        }
        value.reinterpret(INT.byteSize()).set(INT, 0, capability[attribute - 75]);
        return 0;
    }
}
