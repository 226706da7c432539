package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SoloThreadsTest {
    @Test
    void everyThreadComputesAloneAndTheOthersAsBefore() throws Exception {
        TorchEngine.start(2);
        try (SoloThreads threads = SoloThreads.start(3)) {
            CountDownLatch together = new CountDownLatch(3);
            List<Future<Integer>> counts = new ArrayList<>();
            Set<Thread> used = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                counts.add(threads.submit(() -> {
                    synchronized (used) {
                        used.add(Thread.currentThread());
                    }
                    together.countDown();
                    together.await();
                    return TorchEngine.threads();
                }));
            }
            for (Future<Integer> count : counts) {
                assertEquals(1, count.get());
            }
            assertEquals(3, used.size());
            assertEquals(2, TorchEngine.threads());
            int[] later = new int[1];
            Thread.ofPlatform().start(() -> later[0] = TorchEngine.threads()).join();
            assertEquals(2, later[0]);
        } finally {
            TorchEngine.start(1);
        }
    }

    @Test
    void closingWaitsForWhatRuns() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        boolean[] done = new boolean[1];
        try (SoloThreads threads = SoloThreads.start(1)) {
            threads.submit(() -> {
                begun.countDown();
                try (Scope scope = Scope.open();
                        TorchProgram program = TorchProgram.compile("""
                                def forward(self, x: Tensor) -> Tensor:
                                  return torch.mm(x, x)
                                """)) {
                    program.run(scope, scope.zeros(ElementType.FLOAT32, 300, 300));
                }
                done[0] = true;
                return true;
            });
            begun.await();
        }
        assertTrue(done[0]);
    }

    @Test
    void refusesNoThread() {
        assertThrows(IllegalArgumentException.class, () -> SoloThreads.start(0));
    }
}
