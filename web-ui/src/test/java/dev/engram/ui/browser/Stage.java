package dev.engram.ui.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.engram.ui.fake.FakeServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What all flows run on: stand-in services, the packaged page before them, a browser. Started once, ended with the last test. */
final class Stage implements AutoCloseable {
  private final Chromium chromium;
  private final PageProcess process;
  private final int port;
  private FakeServices services;

  private Stage(Path browser) throws IOException, InterruptedException {
    PlaywrightAssertions.setDefaultAssertionTimeout(180_000);
    services = new FakeServices(0);
    port = services.port();
    process = new PageProcess(Path.of(System.getProperty("engram.page")), port, PageFlow.SCREENSHOTS.resolveSibling("page.log"));
    chromium = new Chromium(browser);
  }

  /** Where the page is, ending in a slash. */
  String address() {
    return process.address();
  }

  Chromium chromium() {
    return chromium;
  }

  void stopServices() {
    services.close();
  }

  /** Starts them anew at the same place. */
  void startServices() throws IOException {
    services = new FakeServices(port);
  }

  @Override
  public void close() {
    chromium.close();
    process.close();
    services.close();
  }

  /** Starts the stage before the first flow. */
  static final class Once implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Optional<Path> browser = Chromium.find();
      assumeTrue(browser.isPresent(), "No Chromium on this machine (set CHROMIUM to one): the browser flows were not run");
      PageFlow.stage = context.getRoot().getStore(ExtensionContext.Namespace.create(Stage.class))
          .computeIfAbsent(Stage.class, _ -> start(browser.get()), Stage.class);
    }

    private static Stage start(Path browser) {
      try {
        return new Stage(browser);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the page started", e);
      }
    }
  }
}
