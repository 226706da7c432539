package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Encoders: their pages, and how one comes in. */
class EncoderFlowIT extends PageFlow {

  @Test
  void aFileOfWeightsIsUploadedLookedIntoAndImported() throws Exception {
    Path file = Files.createTempFile("weights", ".pt");
    Files.write(file, new byte[300_000]);
    go("import");
    assertThat(page.locator("[data-path='network']")).isVisible();
    stage.stopServices();
    page.locator("engram-upload input").setInputFiles(file);
    assertThat(page.locator("engram-upload")).containsText("The artifact service cannot be reached.");
    stage.startServices();
    sendAgainUntilItArrives();
    assertThat(page.locator("[data-tile='loaded']")).containsText("52");
    assertThat(page).hasURL(Pattern.compile(".*import\\?.*upload=uploads.*"));
    assertThat(page.locator("[data-strict-ok='true']")).containsText("a strict import will succeed");
    shot("import");
    page.getByText("Hold against it").last().click();
    assertThat(page.locator("[data-tile='missing']")).containsText("150");
    assertThat(page.locator("[data-strict-ok='false']")).isVisible();
    page.goBack();
    assertThat(page.locator("[data-strict-ok='true']")).isVisible();
    fill("spec.normalization.mean", "0.5, 0.5, 0.5");
    fill("spec.normalization.std", "0.5, 0.5, 0");
    fill("encoder_id", "mine");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Import")).click();
    assertThat(page.locator("[data-path='spec.normalization.std']")).containsText("Must be above 0.");
    fill("spec.normalization.std", "0.5, 0.5, 0.5");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Import")).click();
    assertThat(page.locator("h1")).hasText("mine");
    go("import?object=s3://models/none.pt");
    assertThat(page.locator(".error-notice").first()).containsText("There is no s3://models/none.pt.");
  }

  /** The page connects to its services again within seconds of their return, not at once. */
  private void sendAgainUntilItArrives() {
    Locator again = page.locator("engram-upload button:visible", new Page.LocatorOptions().setHasText("Send it again"));
    Locator loaded = page.locator("[data-tile='loaded']");
    again.click();
    assertThat(again.or(loaded).first()).isVisible();
    while (!loaded.isVisible()) {
      page.waitForTimeout(500);
      again.click();
      assertThat(again.or(loaded).first()).isVisible();
    }
    List<String> complaints = stage.chromium().complaints();
    assertTrue(complaints.stream().allMatch(complaint -> complaint.contains("503")), complaints::toString);
  }

  @Test
  void anEncoderHasAPage() {
    go("encoders");
    assertThat(page.locator("tbody")).containsText("demo-f");
    assertThat(page.locator(".badge-warning").first()).hasText("collapsed");
    go("encoders/demo-f");
    assertThat(page.locator(".filters-picture")).isVisible();
    assertThat(page.locator(".page")).containsText("demo-layermem");
    shot("encoder");
    String weights = (String) page.evaluate("() => fetch(document.querySelector('a[href^=export]').href, { method: 'GET', redirect: 'manual' }).then(answer => answer.type)");
    assertEquals("opaqueredirect", weights);
    page.getByText("Architecture", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("[data-layer='prep.conv']")).containsText("32 × 32 × 32");
    assertThat(page.locator("[data-layer='prep.conv']")).containsText("864");
    shot("architecture");
    page.getByText("Probes", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(3);
    assertThat(page.locator("tbody").first()).containsText("81.2 %");
    assertThat(page.locator("tbody").last()).containsText("180.5");
    shot("probes");
    page.getByText("Training", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(3);
    go("compare?first=demo-f&second=demo-g");
    assertThat(page.locator("tbody tr")).hasCount(3);
    assertThat(page.locator("tbody")).containsText("only in the first");
    shot("compare");
    go("networks/vit_tiny");
    fill("network_options.patch", "0");
    assertThat(page.locator("[data-path='network_options.patch']")).containsText("Must be 1 to 32.");
    assertThat(page).hasURL(Pattern.compile(".*networks/vit_tiny\\?patch=0$"));
  }
}
