package dev.engram.ui.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged page as its own process, pointed at services on one port of this machine. */
final class PageProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");
  private static final long PATIENCE_MILLIS = 300_000;

  private final Process process;
  private final String address;

  PageProcess(Path runner, int servicesPort, Path log) throws IOException, InterruptedException {
    Files.createDirectories(log.getParent());
    process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
        "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0",
        "-Dengram.runs.port=" + servicesPort, "-Dengram.datasets.port=" + servicesPort,
        "-Dengram.metrics.port=" + servicesPort, "-Dengram.attack.port=" + servicesPort,
        "-jar", runner.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    address = await(log);
  }

  /** Where the page is, ending in a slash. */
  String address() {
    return address;
  }

  private String await(Path log) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (process.isAlive() && System.currentTimeMillis() < end) {
      Matcher line = LISTENING.matcher(Files.readString(log));
      if (line.find()) {
        return line.group(1) + "/";
      }
      Thread.sleep(100);
    }
    close();
    throw new IllegalStateException("The page did not start; see " + log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
