package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** A sweep: asked for with a preset, refused at its field, mended, and what one found. */
class SweepFlowIT extends PageFlow {

  @Test
  void aSweepIsAskedForAndShowsAccuracyAgainstLeak() {
    go("sweeps?pair=demo");
    assertThat(page.locator("[data-path='plan.axes[0].field'] input")).hasValue("epochs");
    choose("preset", "Temperature");
    assertThat(page.locator("[data-path='plan.axes[0].field'] input")).hasValue("objective_options.temperature");
    fill("plan.axes[0].values", "0.1");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Train and attack all")).click();
    assertThat(page.locator("[data-path='plan.axes[0].values']")).containsText("Must be 2 to 20.");
    fill("plan.axes[0].values", "0.1, 0.5");
    assertThat(page.locator(".page")).containsText("2 points: 2 pairs, 4 trainings of 30 epochs each.");
    shot("sweep-form");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Train and attack all")).click();
    assertThat(page.locator("h1")).containsText("sweep-");

    go("sweeps/demo-sweep");
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(3);
    assertThat(page.locator(".page")).containsText("on the front");
    assertThat(page.locator(".warning-line")).hasCount(1);
    shot("sweep");
  }
}
