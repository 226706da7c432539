package dev.engram.ui.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged page in a real browser, before stand-in services: flows without a complaint of the browser. */
@ExtendWith(Stage.Once.class)
abstract class PageFlow {
  static final Path SCREENSHOTS = Path.of(System.getProperty("engram.screenshots"));
  private static final int TRIES = 300;
  private static final double PAUSE_MILLIS = 200;

  static Stage stage;
  Page page;

  @BeforeEach
  void open() {
    page = stage.chromium().open(1440, 900, ColorScheme.LIGHT);
  }

  @AfterEach
  void nothingWentWrong() {
    page.context().close();
    assertEquals(List.of(), stage.chromium().complaints());
  }

  /** Opens another window instead. */
  final void reopen(int width, int height, ColorScheme scheme) {
    page.context().close();
    page = stage.chromium().open(width, height, scheme);
  }

  final void go(String path) {
    page.navigate(stage.address() + path);
  }

  final void fill(String path, String value) {
    Locator input = page.locator("[data-path='" + path + "'] input");
    input.fill(value);
    input.press("Tab");
  }

  final void choose(String path, String item) {
    page.locator("[data-path='" + path + "']").click();
    page.locator("vaadin-select-item:visible", new Page.LocatorOptions().setHasText(item)).first().click();
  }

  /** Of a list that can be searched, where several may be picked. */
  final void pick(String path, String item) {
    Locator input = page.locator("[data-path='" + path + "'] input");
    input.fill(item);
    page.locator("vaadin-multi-select-combo-box-item:visible", new Page.LocatorOptions().setHasText(item)).first().click();
    input.press("Escape");
  }

  /** Waits until a script gives what is expected: layouts and pictures come to rest in their own time. */
  final void settles(Object expected, String script, String what) {
    Object found = page.evaluate(script);
    for (int i = 0; i < TRIES && !expected.equals(found); i++) {
      page.waitForTimeout(PAUSE_MILLIS);
      found = page.evaluate(script);
    }
    assertEquals(expected, found, what);
  }

  final void shot(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }
}
