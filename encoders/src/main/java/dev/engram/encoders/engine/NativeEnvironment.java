package dev.engram.encoders.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Environment variables of this process that native libraries read when they are loaded; Java itself cannot set any. */
final class NativeEnvironment {
    private NativeEnvironment() {}

    /** Sets a variable, unless it is set or the platform has no {@code setenv}. */
    static void setUnlessGiven(String name, String value) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> address = linker.defaultLookup().find("setenv");
        if (System.getenv(name) != null || address.isEmpty()) {
            return;
        }
        MethodHandle setenv = linker.downcallHandle(
                address.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
            if (failed != 0) {
                throw new EngineException("The environment variable " + name + " cannot be set");
            }
        } catch (EngineException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new EngineException("The environment variable " + name + " cannot be set", e);
        }
    }
}
