package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A pair: where it memorizes, what leaks, and the forms that measure it further. */
class PairFlowIT extends PageFlow {

  @Test
  void aPairShowsWhereItMemorizes() {
    go("pairs/demo");
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(1);
    assertThat(page.getByText("candidate f").first()).isVisible();
    shot("pair");
    page.getByText("Layers", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(3);
    assertThat(page.locator("h2").first()).containsText("beyond images nobody saw");
    assertThat(page.locator(".page")).containsText("prep.conv, shared: 3 of 1,000 images");
    assertThat(page.locator("tbody tr")).hasCount(4);
    shot("layers");
    page.getByText("Units", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".unit-card")).hasCount(24);
    assertThat(page.locator(".page")).containsText("layer3_residual1.relu: 2 of 256 units");
    page.locator(".unit-card").first().click();
    assertThat(page.locator(".unit-large img")).hasCount(9);
    assertThat(page).hasURL(Pattern.compile(".*unit=.*"));
    page.waitForFunction("() => [...document.querySelectorAll('.unit-large img')].every(image => image.naturalWidth === 32)");
    shot("units");
    page.reload();
    assertThat(page.locator(".unit-large img")).hasCount(9);
  }

  @Test
  void invarianceIsShownByOperationAndLayer() {
    go("pairs/demo/invariance?operation=crop");
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(2);
    assertThat(page.locator("tbody tr")).hasCount(8);
    assertThat(page.locator("tbody tr").first()).containsText("prep.conv");
    shot("invariance");
  }

  @Test
  void theMostAndTheLeastMemorizedImagesAreShownAndPagedBothWays() {
    go("pairs/demo/images");
    Locator most = page.locator("[data-order='most']");
    assertThat(most.locator(".picture")).hasCount(24);
    assertThat(most.locator(".picture").first()).containsText("0.900");
    assertThat(most.locator(".picture").first()).containsText("candidate");
    assertThat(page.locator("[data-order='least'] .picture").nth(11)).containsText("degenerate");
    page.waitForFunction("() => [...document.querySelectorAll('.scored img')].slice(0, 6).every(image => image.naturalWidth === 32)");
    shot("images");
    most.getByText("Next page").click();
    assertThat(most.locator(".picture").first()).containsText("0.660");
    most.getByText("Next page").click();
    assertThat(most.locator(".picture").first()).containsText("0.420");
    assertThat(most.locator("vaadin-button", new Locator.LocatorOptions().setHasText("Next page"))).hasAttribute("disabled", "");
    page.reload();
    assertThat(most.locator(".picture").first()).containsText("0.420");
    most.getByText("Previous page").click();
    assertThat(most.locator(".picture").first()).containsText("0.660");
    most.getByText("Previous page").click();
    assertThat(most.locator(".picture").first()).containsText("0.900");
    assertThat(page).hasURL(Pattern.compile(".*/pairs/demo/images$"));
  }

  @Test
  void anAttackShowsWhatLeaks() {
    go("pairs/demo/leaks");
    assertThat(page.locator("tbody tr")).hasCount(3);
    page.locator("tbody a").first().click();
    assertThat(page.locator(".headline")).hasText("6.1 %");
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(5);
    assertThat(page.locator(".attack-card")).hasCount(12);
    page.locator(".attack-card").first().scrollIntoViewIfNeeded();
    page.waitForFunction("() => [...document.querySelectorAll('.attacked img')].slice(0, 4).every(image => image.naturalWidth > 0)");
    shot("deja-vu");
    page.locator(".attack-card .attack-head a").first().click();
    assertThat(page.locator("h1")).containsText("Image ");
    assertThat(page.locator(".attack-card")).hasCount(1);
    assertThat(page.locator("tbody tr")).hasCount(2 + 4);
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Prune them and attack again")).click();
    assertThat(page.locator("h1")).containsText("traced-");
    go("traced-pruning/demo-traced");
    assertThat(page.locator("[data-reading='theirs']")).containsText("−50.0 %");
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(1);
    shot("traced-pruning");
    go("deja-vu/demo-dejavu?crop=1&cell=misrepresented");
    assertThat(page.locator(".score")).hasAttribute("data-reading", "no evidence");
    assertThat(page.locator(".cell[data-cell='misrepresented']").first()).isVisible();
  }

  /** The settings of a paper fill the form, its cuts are picked from the network's layers, and what was changed is what starts. */
  @Test
  void anAttackIsStartedWithTheSettingsOfAPaper() {
    go("pairs/demo/measure?kind=deja_vu");
    choose("settings", "corner sizes");
    assertThat(page.locator("[data-path='settings']")).containsText("Source: a paper");
    assertThat(page.locator("[data-path='fraction'] input")).hasValue("0.2, 0.5");
    assertThat(page.locator("[data-path='k'] input")).hasValue("100");
    pick("cuts", "layer3_head.conv");
    assertThat(page.locator("[data-path='cuts']")).containsText("layer3_head.conv");
    fill("fraction", "0.2, 1.5");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Start Déjà vu")).click();
    assertThat(page.locator("[data-path='fraction']")).containsText("Must be above 0 and below 1.");
    fill("fraction", "0.4");
    shot("presets");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Start Déjà vu")).click();
    assertThat(page.locator("h1")).containsText("dejavu-");
    assertThat(page.locator(".page")).containsText("layer3_head.conv");
  }

  @Test
  void aRefusedValueIsSaidAtItsFieldAndTheMendedFormStarts() {
    go("pairs/demo/measure?kind=layer_mem");
    Locator views = page.locator("[data-path='views']");
    views.locator("input").fill("1");
    views.locator("input").press("Tab");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Start LayerMem")).click();
    assertThat(views).containsText("Must be 2 to 64, was 1.");
    views.locator("input").fill("4");
    views.locator("input").press("Tab");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Start LayerMem")).click();
    assertThat(page.locator("h1")).containsText("layermem-");
    assertThat(page.locator(".state").first()).hasText("queued");
  }
}
