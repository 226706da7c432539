package dev.engram.runs.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a worker process calls itself in the catalogue: {@code host:pid}. */
public final class WorkerIdentity {
    private static final String HOST = host();

    private WorkerIdentity() {}

    /** The name of a process of this machine. */
    public static String of(long pid) {
        return HOST + ":" + pid;
    }

    /** The kernel's own name for the machine where it can be read: a look-up by network may take seconds. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            String host = System.getenv("HOSTNAME");
            return host == null || host.isBlank() ? "localhost" : host;
        }
    }
}
