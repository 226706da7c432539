package dev.engram.ui.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A headless Chromium of this machine that remembers whatever went wrong in its pages. */
final class Chromium implements AutoCloseable {
  private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync");
  private static final double PATIENCE_MILLIS = 180_000;

  private final Playwright playwright = Playwright.create(
      new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Chromium(Path executable) {
    browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(FLAGS).setTimeout(PATIENCE_MILLIS));
  }

  /** The browser of this machine: where {@code CHROMIUM} says, or in the usual places. */
  static Optional<Path> find() {
    return Stream.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse(""), "/usr/bin/chromium", "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome").filter(path -> !path.isEmpty()).map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** A new window. */
  Page open(int width, int height, ColorScheme scheme) {
    BrowserContext context = browser.newContext(
        new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.type() + ": " + message.text());
      }
    });
    page.onPageError(error -> complaints.add("script: " + error));
    page.onRequest(request -> {
      if (!request.url().matches("(https?|wss?)://127\\.0\\.0\\.1[:/].*|(data|blob):.*")) {
        complaints.add("request outside: " + request.url());
      }
    });
    page.onResponse(response -> {
      if (response.status() >= 400) {
        complaints.add(response.status() + " " + response.url());
      }
    });
    return page;
  }

  /** What went wrong since the last question. */
  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
