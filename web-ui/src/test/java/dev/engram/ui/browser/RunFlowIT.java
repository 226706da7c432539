package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs: their list, the page of one, what can be done to it, and a service that is away. */
class RunFlowIT extends PageFlow {

  @Test
  void runsAreListedFilteredAndOpened() {
    go("");
    assertThat(page.locator(".run-table tbody tr").first()).isVisible();
    assertThat(page.locator(".problems-button")).hasText("2 problems");
    shot("runs");
    go("runs?state=FAILED");
    assertThat(page.locator(".run-table tbody tr")).hasCount(1);
    assertThat(page.locator(".run-table")).containsText("The loss became NaN at step 212");
    page.locator(".problems-button").click();
    assertThat(page.locator(".problems")).containsText("Resume: the run goes on from its last resume point.");
  }

  @Test
  void aRunShowsItsProgressCurvesAndLog() {
    go("runs/large-f");
    Locator progress = page.locator(".progress-line");
    assertThat(progress).containsText(Pattern.compile("training · [\\d,]+ of 94,000 steps"));
    String before = progress.textContent();
    assertThat(progress).not().hasText(before);
    assertThat(page.locator("engram-figure[data-painted] svg path").first()).isAttached();
    assertThat(page.locator(".log")).containsText("Resume point at step 93.");
    assertThat(page.locator(".facts").first()).containsText("laptop:48999");
    assertThat(page.locator(".run-warnings")).containsText("The machine is busy");
    assertThat(page.locator(".page-header .badge-warning")).hasText("collapsed");
    assertThat(page.locator("engram-figure[aria-label='probe linear over steps']")).containsText("prep.conv");
    shot("run");
  }

  @Test
  void deletingSaysWhatItFreesFirst() {
    go("runs/demo-probe");
    page.getByText("Delete", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByText("this frees 6.4 MiB")).isVisible();
    page.getByText("Keep it").click();
    go("runs/demo-f");
    page.getByText("Delete", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".error-notice")).containsText("Other runs use the result of runs/demo-f.");
  }

  @Test
  void filesAreSaved() {
    go("runs/demo-layermem");
    Locator file = page.locator("a[download]").first();
    assertThat(file).hasText("layers.csv");
    String text = (String) file.evaluate("link => fetch(link.href).then(answer => answer.text())");
    assertTrue(text.startsWith("layer,point,depth,subset,mean"), text);
  }

  @Test
  void aPageWhoseServerIsAwaySaysThatItStandsStill() {
    go("runs");
    assertThat(page.locator(".run-table tbody tr").first()).isVisible();
    page.evaluate("() => { window.answering = window.fetch; window.fetch = () => Promise.reject(new TypeError('away')); }");
    assertThat(page.locator(".server-away")).containsText("may be old");
    page.evaluate("() => { window.fetch = window.answering; }");
    assertThat(page.locator(".server-away")).hasCount(0);
  }

  @Test
  void aServiceThatIsAwayIsSaidAndComesBack() throws Exception {
    go("runs");
    assertThat(page.locator(".run-table tbody tr").first()).isVisible();
    stage.stopServices();
    try {
      assertThat(page.locator(".page > .error-notice")).hasText("The run service cannot be reached. Trying again…");
    } finally {
      stage.startServices();
    }
    assertThat(page.locator(".page > .error-notice")).isHidden();
    assertThat(page.locator(".run-table tbody tr").first()).isVisible();
  }
}
