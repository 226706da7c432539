package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The memory map: from the network to a layer, to its units, to an image and back, by mouse and by keyboard. */
class MapFlowIT extends PageFlow {

  @Test
  void theMapLeadsFromANetworkToALayerAUnitAndAnImage() throws Exception {
    page.setViewportSize(1280, 900);
    go("pairs/demo/map");
    Locator map = page.locator("engram-figure[data-painted]").first();
    assertThat(map.locator(".keys button")).hasCount(18);
    assertThat(page.locator(".page tbody tr")).hasCount(10);
    map.locator(".keys button[data-key='layer2.conv']").focus();
    page.keyboard().press("ArrowDown");
    assertThat(map.locator(".keys button[data-key='layer3_head']")).isFocused();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    assertThat(page.locator(".layer-focus h2").first()).hasText("layer3_head.conv");
    assertThat(page).hasURL(Pattern.compile(".*map\\?layer=layer3_head\\.conv$"));
    assertThat(map.locator(".keys button[aria-pressed='true']")).hasAttribute("data-key", "layer3_head.conv");
    assertThat(page.locator(".layer-focus engram-figure[data-painted]")).hasCount(1);
    assertThat(page.locator(".unit-card")).hasCount(12);
    shot("map");
    page.locator(".unit-card").nth(1).click();
    assertThat(page.locator(".unit-large img")).hasCount(9);
    page.locator(".unit-large a").first().click();
    assertThat(page.locator(".image-focus .facts")).containsText("candidate");
    assertThat(page.locator(".image-focus engram-figure[data-painted]")).hasCount(1);
    assertThat(page.locator(".image-focus")).containsText("2 units keep it among their top images");
    shot("map-image");
    page.locator(".image-focus tbody a").first().click();
    assertThat(page.locator(".trail")).containsText("layer3_residual2.relu");
    assertThat(page.locator(".unit-large img")).hasCount(9);
    page.reload();
    assertThat(page.locator(".unit-large img")).hasCount(9);
    Download table = page.waitForDownload(() -> page.locator("engram-figure").first().getByText("CSV").click());
    List<String> rows = Files.readAllLines(table.path());
    assertEquals("layer,kind,measure,value,ci_low,ci_high", rows.getFirst());
    assertEquals(11, rows.size());
    Download picture = page.waitForDownload(() -> page.locator("engram-figure").first().getByText("PNG").click());
    assertTrue(Files.size(picture.path()) > 10_000);
  }

  @Test
  void aLayerIsChosenByPointingAndTwoEncodersHaveOneScale() {
    go("encoders/demo-f/map?measure=unit-mem");
    Locator map = page.locator("engram-figure[data-painted]").first();
    assertThat(map.locator(".keys button[data-key='prep.relu']")).isAttached();
    map.locator(".plot").hover();
    double top = ((Number) map.evaluate("figure => figure.querySelector('.keys button[data-key=\"prep.relu\"]').offsetTop + 11")).doubleValue();
    map.locator(".plot").click(new Locator.ClickOptions().setPosition(60, top));
    assertThat(page.locator(".layer-focus h2").first()).hasText("prep.relu");
    go("encoders/demo-f/map?measure=unit-mem&beside=demo-g");
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(2);
    assertThat(page.locator(".warning-line")).hasText("Not comparable as they are: 4000 images, 10 views each at the left, 4000 images, 5 views each at the right.");
    settles(true, """
        () => { const [a, b] = [...document.querySelectorAll('engram-figure')].map(one => one.option.visualMap); return a.max === b.max && a.min === b.min; }""", "scale");
    assertThat(page.locator("thead")).containsText("Difference");
    shot("map-beside");
  }

  @Test
  void itFitsAPhone() {
    page.setViewportSize(390, 844);
    go("pairs/demo/map?layer=layer2.conv&unit=3");
    assertThat(page.locator(".unit-card")).hasCount(12);
    settles(0, "() => document.querySelector('.page').scrollWidth - document.querySelector('.page').clientWidth", "width");
    shot("phone-map");
    page.locator("vaadin-select").first().click();
    page.locator("vaadin-select-item:visible", new Page.LocatorOptions().setHasText("Dead units")).click();
    assertThat(page).hasURL(Pattern.compile(".*measure=dead.*"));
    assertThat(page.locator("engram-figure[data-painted] svg").first()).containsText("0.8 %");
  }
}
