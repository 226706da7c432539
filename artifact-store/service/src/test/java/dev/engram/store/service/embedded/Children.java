package dev.engram.store.service.embedded;

import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.NewRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another process on a home: takes it, or creates runs in it and is killed. */
final class Children {

    static final int RUNS = 50;
    static final int KILLED = 137;
    private static final int IN_USE = 7;

    private Children() {}

    /** The exit code. */
    static int run(Path home, String what) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"), Children.class.getName(), home.toString(), what)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    public static void main(String... arguments) throws Exception {
        var home = Path.of(arguments[0]);
        if (arguments[1].equals("take")) {
            try {
                Home.take(home).close();
            } catch (IOException inUse) {
                System.exit(IN_USE);
            }
            return;
        }
        var catalogue = new Catalogue(EmbeddedStoreTest.with(Map.of(), home).endpoints().database()).migrate();
        for (int i = 0; i < RUNS; i++) {
            catalogue.runs().create(new NewRun("r" + i, Optional.empty(), "probe", "{}", List.of()));
        }
        Runtime.getRuntime().exec(new String[] {"kill", "-KILL", Long.toString(ProcessHandle.current().pid())});
        Thread.sleep(Long.MAX_VALUE);
    }
}
