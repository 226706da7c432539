package dev.engram.runs.worker;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends this process when the one that started it is gone. The operating system gives an orphan another parent, which is sure, unlike a look
 * at the old one's id, which another process may have by then.
 */
final class ParentWatch {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private ParentWatch() {}

    static void start(long parent) {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            while (isChildOf(parent)) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            Runtime.getRuntime().halt(WorkerExit.ORPHANED);
        });
    }

    private static boolean isChildOf(long parent) {
        return ProcessHandle.current().parent().map(handle -> handle.pid() == parent).orElse(false);
    }
}
