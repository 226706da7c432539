package dev.engram.runs.launch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The class path of a worker: that of the process which starts it. */
public final class WorkerClassPath {
    private static final String FAST_JAR = "quarkus-run.jar";

    private WorkerClassPath() {}

    /**
     * Derives it from how this JVM was started: out of a Quarkus application folder ({@code quarkus-run.jar} beside {@code app/},
     * {@code lib/boot/}, {@code lib/main/}), by a test runner that hides the real class path behind a jar, or plainly.
     *
     * @throws IllegalStateException if what it finds cannot hold the worker program
     */
    public static String derive(Properties system) {
        String hidden = system.getProperty("surefire.test.class.path");
        if (hidden != null) {
            return hidden;
        }
        String plain = system.getProperty("java.class.path", "");
        List<String> entries = new ArrayList<>();
        for (String entry : plain.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (path.endsWith(FAST_JAR)) {
                entries.addAll(ofQuarkusApplication(path.toAbsolutePath().getParent()));
            } else if (!entry.isEmpty()) {
                entries.add(path.toAbsolutePath().toString());
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalStateException("cannot tell the workers' class path from java.class.path; set engram.worker.class-path");
        }
        return String.join(File.pathSeparator, entries);
    }

    private static List<String> ofQuarkusApplication(Path application) {
        List<String> entries = new ArrayList<>();
        for (String folder : List.of("app", "lib/main", "lib/boot")) {
            Path directory = application.resolve(folder);
            if (!Files.isDirectory(directory)) {
                throw new IllegalStateException("no folder " + directory + " beside " + FAST_JAR + "; set engram.worker.class-path");
            }
            entries.add(directory.resolve("*").toString());
        }
        return entries;
    }
}
