package dev.engram.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Store, trainer, metrics, attack and page, each a process of its own; they share S3, SQL and gRPC, and no folder. */
final class FiveProcesses implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);

    private final Deque<EngramProcess> processes = new ArrayDeque<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    FiveProcesses(Path directory) throws IOException, InterruptedException {
        int s3 = EngramProcess.freePort();
        int sql = EngramProcess.freePort();
        Map<String, String> secrets = Map.of(
                "engram.s3.access-key", "five-processes", "engram.s3.secret-key", "share-only-s3-sql-and-grpc", "engram.db.password", "no-folder");
        Map<String, String> store = new LinkedHashMap<>(secrets);
        store.put("engram.s3.port", Integer.toString(s3));
        store.put("engram.db.port", Integer.toString(sql));
        start("artifact-store/service", directory, store).awaitServing();

        Map<String, String> shared = new LinkedHashMap<>(secrets);
        shared.put("engram.s3.endpoint", "http://127.0.0.1:" + s3);
        shared.put("engram.db.url", "jdbc:h2:tcp://127.0.0.1:" + sql + "/engram");
        shared.put("engram.db.user", "engram");
        start("trainer-service", directory, shared);
        start("metrics-service", directory, shared);
        start("attack-service", directory, shared);

        Map<String, String> page = new LinkedHashMap<>();
        reach(page, "artifact-store/service", "runs", "artifacts");
        reach(page, "trainer-service", "datasets", "trainer");
        reach(page, "metrics-service", "metrics");
        reach(page, "attack-service", "attack");
        start("web-ui", directory, page);
        for (String module : new String[] {"trainer-service", "metrics-service", "attack-service"}) {
            process(module).awaitServing();
        }
        awaitPage();
    }

    int port(String module) {
        return ports.get(module);
    }

    private EngramProcess process(String module) {
        return processes.stream().filter(process -> process.port() == port(module)).findFirst().orElseThrow();
    }

    private void reach(Map<String, String> settings, String module, String... services) {
        for (String service : services) {
            settings.put("engram." + service + ".host", "127.0.0.1");
            settings.put("engram." + service + ".port", Integer.toString(port(module)));
        }
    }

    private EngramProcess start(String module, Path directory, Map<String, String> settings) throws IOException {
        int port = EngramProcess.freePort();
        Path own = directory.resolve(module.replace('/', '-'));
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("engram.home", own.resolve("home").toString());
        all.put("quarkus.http.host", "127.0.0.1");
        all.put("quarkus.http.port", Integer.toString(port));
        EngramProcess process = EngramProcess.service(module, own, port, all);
        processes.push(process);
        ports.put(module, port);
        return process;
    }

    private void awaitPage() throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                if (page("/").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw new IOException("the page does not answer:\n" + process("web-ui").output(), notYet);
                }
            }
            Thread.sleep(250);
        }
    }

    HttpResponse<String> page(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("web-ui") + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() throws InterruptedException {
        while (!processes.isEmpty()) {
            processes.pop().close();
        }
    }
}
