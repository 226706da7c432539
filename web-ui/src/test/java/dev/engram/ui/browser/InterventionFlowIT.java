package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From an encoder to what a change to it costs. */
class InterventionFlowIT extends PageFlow {

  @Test
  void aSweepIsStartedFromItsPreset() {
    go("encoders/demo-f");
    page.getByText("Change", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("[data-path='spec.source'] input")).hasValue(Pattern.compile("demo-f · .*"));
    assertThat(page.locator("[data-path='spec.unit_mem'] input")).hasValue(Pattern.compile("demo-unitmem · 10 views, all images.*"));
    pick("spec.layers", "layer3_head.conv");
    shot("interventions");
    fill("spec.trials", "1000");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start").setExact(true)).click();
    assertThat(page.locator("[data-path='spec.trials']")).hasAttribute("invalid", "");
    fill("spec.trials", "5");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start").setExact(true)).click();
    assertThat(page).hasURL(Pattern.compile(".*/runs/pruning-.*"));
  }

  @Test
  void aLayerOfAMapLeadsToWhatCanBeDoneToIt() {
    go("encoders/demo-f/map?layer=layer3_head.relu");
    page.getByText("Exchange layers", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("[data-path='spec.exchange.other'] input")).hasValue(Pattern.compile("demo-g · .*"));
    assertThat(page.locator("[data-path='spec.exchange.layers']")).containsText("layer3_head.conv");
    shot("interventions-exchange-layers");
    page.getByText("Fine-tune", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("[data-path='spec.layers']")).containsText("layer3_head.conv");
    shot("interventions-fine-tune");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start").setExact(true)).click();
    assertThat(page).hasURL(Pattern.compile(".*/runs/.*"));
  }

  @Test
  void resultsAreFiguresAndTables() {
    go("interventions/demo-pruning");
    assertThat(page.locator("engram-figure[data-painted]")).isVisible();
    assertThat(page.getByText("lowest UnitMem first").first()).isVisible();
    shot("interventions-pruning");
    go("interventions/demo-exchange");
    assertThat(page.locator("engram-figure[data-painted]").nth(2)).isVisible();
    assertTrue(page.locator(".data-table").innerText().contains("layer3_head.conv"));
    shot("interventions-exchange");
  }
}
