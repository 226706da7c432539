package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All pages on a phone, in the dark. */
class PhoneFlowIT extends PageFlow {

  @Test
  void itFitsAPhoneAndTheDark() {
    reopen(390, 844, ColorScheme.DARK);
    for (String path : List.of("runs", "runs/large-f", "pairs/demo/layers", "pairs/demo/images", "pairs/demo/units", "deja-vu/demo-dejavu", "sweeps", "sweeps/demo-sweep", "new-pair", "encoders/demo-f",
        "encoders/demo-f/architecture", "import")) {
      go(path);
      assertThat(page.locator("h1")).isVisible();
      page.waitForTimeout(1000);
      settles(0, "() => document.querySelector('.page').scrollWidth - document.querySelector('.page').clientWidth", path);
      shot("phone-" + path.replace('/', '-'));
    }
  }

  @Test
  void theOpenPartOfAPairIsInSightAmongItsTabs() {
    reopen(390, 844, ColorScheme.DARK);
    go("pairs/demo/measure?kind=deja_vu");
    assertThat(page.locator(".tabs [aria-current='page']")).hasText("Measure");
    assertThat(page.locator(".tabs [aria-current='page']")).isInViewport();
  }
}
