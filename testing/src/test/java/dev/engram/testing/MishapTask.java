package dev.engram.testing;

import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import sun.misc.Unsafe;

/** Ends in the way its spec's {@code cut} names. */
public final class MishapTask implements RunTask {

    /** Ways to end. */
    public enum Mishap {
        HALT,
        OUT_OF_MEMORY,
        NATIVE_CRASH,
        NATIVE_MEMORY,
        DISK_FULL,
        DIVERGE,
        DEFECT_ON_A_POOL,
        DEAF,
        /** Deaf, and a process of its own has its output and lives on. */
        DEAF_WITH_A_CHILD
    }

    public static RunSpec spec(Mishap mishap) {
        return RunSpec.newBuilder().setDejaVu(DejaVuSpec.newBuilder().addCuts(mishap.name())).build();
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.DEJA_VU;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        violations.require(spec.getDejaVu().getCutsCount() > 0, "spec.cuts", "is required");
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return List.of();
    }

    @Override
    public void execute(RunContext run) throws Exception {
        run.progress("about to fail", 1, 2, "step", Map.of());
        switch (Mishap.valueOf(run.spec().getDejaVu().getCuts(0))) {
            case HALT -> {
                System.out.println("these are my last words");
                Runtime.getRuntime().halt(42);
            }
            case OUT_OF_MEMORY -> fillHeap();
            case NATIVE_CRASH -> unsafe().putAddress(8, 0);
            case NATIVE_MEMORY -> throw new IllegalStateException("[enforce fail at alloc_cpu.cpp:118] DefaultCPUAllocator: can't allocate memory");
            case DISK_FULL -> throw new IOException("write to out.bin: No space left on device");
            case DIVERGE -> throw RunFailure.diverged(17, "the loss is NaN at step 17");
            case DEFECT_ON_A_POOL -> failOnPool();
            case DEAF -> TimeUnit.DAYS.sleep(1);
            case DEAF_WITH_A_CHILD -> {
                new ProcessBuilder("sleep", "60").inheritIO().start();
                TimeUnit.DAYS.sleep(1);
            }
        }
    }

    private static void failOnPool() throws Exception {
        try (var pool = Executors.newSingleThreadExecutor()) {
            pool.submit(() -> {
                throw new IllegalStateException("a defect");
            }).get();
        }
    }

    private static void fillHeap() {
        List<long[]> hoard = new ArrayList<>();
        while (true) {
            hoard.add(new long[1 << 17]);
        }
    }

    private static Unsafe unsafe() throws ReflectiveOperationException {
        Field field = Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        return (Unsafe) field.get(null);
    }
}
