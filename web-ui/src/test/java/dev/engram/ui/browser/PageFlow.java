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

  final void shot(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }
}
