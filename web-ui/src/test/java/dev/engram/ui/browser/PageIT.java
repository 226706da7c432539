package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.engram.ui.fake.FakeServices;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged page in a real browser, before stand-in services: every flow, without a complaint of the browser. */
class PageIT {
  private static final Path SCREENSHOTS = Path.of(System.getProperty("engram.screenshots"));
  private static FakeServices services;
  private static PageProcess process;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> executable = Chromium.find();
    assumeTrue(executable.isPresent(), "No Chromium on this machine (set CHROMIUM to one): the browser flows were not run");
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    services = new FakeServices(0);
    process = new PageProcess(Path.of(System.getProperty("engram.page")), services.port(), SCREENSHOTS.resolveSibling("page.log"));
    chromium = new Chromium(executable.get());
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (process != null) {
      process.close();
    }
    if (services != null) {
      services.close();
    }
  }

  @BeforeEach
  void open() {
    page = chromium.open(1440, 900, ColorScheme.LIGHT);
  }

  @AfterEach
  void nothingWentWrong() {
    page.context().close();
    assertEquals(List.of(), chromium.complaints());
  }

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
  void aPairShowsWhereItMemorizes() {
    go("pairs/demo");
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(1);
    assertThat(page.getByText("candidate f").first()).isVisible();
    shot("pair");
    page.getByText("Layers", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(2);
    assertThat(page.locator("tbody tr")).hasCount(4);
    shot("layers");
    page.getByText("Units", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".unit-card")).hasCount(24);
    page.locator(".unit-card").first().click();
    assertThat(page.locator(".unit-large img")).hasCount(9);
    assertTrue(page.url().contains("unit="), page.url());
    page.waitForFunction("() => [...document.querySelectorAll('.unit-large img')].every(image => image.naturalWidth === 32)");
    shot("units");
    page.reload();
    assertThat(page.locator(".unit-large img")).hasCount(9);
  }

  @Test
  void anAttackShowsWhatLeaks() {
    go("pairs/demo/leaks");
    assertThat(page.locator("tbody tr")).hasCount(2);
    page.locator("tbody a").first().click();
    assertThat(page.locator(".headline")).hasText("6.1 %");
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(2);
    assertThat(page.locator(".attack-card")).hasCount(12);
    page.waitForFunction("() => [...document.querySelectorAll('.attacked img')].slice(0, 4).every(image => image.naturalWidth > 0)");
    shot("deja-vu");
    go("deja-vu/demo-dejavu?crop=1&cell=misrepresented");
    assertThat(page.locator(".score")).hasAttribute("data-reading", "no evidence");
    assertThat(page.locator(".cell[data-cell='misrepresented']").first()).isVisible();
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

  @Test
  void aNewPairIsMadeFromItsThreeParts() {
    go("new-pair");
    assertThat(page.locator(".sum")).hasText("10,000 of 10,000 images.");
    fill("recipe.epochs", "0");
    fill("shared", "2000");
    assertThat(page.locator(".sum")).hasText("9,000 of 10,000 images; 1,000 stay unused.");
    fill("pair_id", "mine");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Train both encoders")).click();
    assertThat(page.locator("[data-path='recipe.epochs']")).containsText("Must be at least 1.");
    shot("new-pair");
    fill("recipe.epochs", "3");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Train both encoders")).click();
    assertThat(page.locator("h1")).hasText("mine");
    assertThat(page.locator(".run-table").first()).containsText("mine-g");
  }

  @Test
  void dataAndArtifactsCanBeLookedAt() {
    go("data");
    assertThat(page.getByText("Fashion-MNIST, test set")).isVisible();
    go("data/fashion");
    assertThat(page.locator(".picture")).hasCount(96);
    go("artifacts?kind=checkpoint");
    assertThat(page.locator("tbody tr")).hasCount(2);
    page.locator("tbody a").first().click();
    assertThat(page.getByText("encoder.safetensors")).isVisible();
    assertTrue(page.url().matches(".*/artifacts/[0-9a-f]{64}"), page.url());
  }

  @Test
  void itFitsAPhoneAndTheDark() {
    page.context().close();
    page = chromium.open(390, 844, ColorScheme.DARK);
    for (String path : List.of("runs", "runs/large-f", "pairs/demo/layers", "pairs/demo/units", "deja-vu/demo-dejavu", "new-pair")) {
      go(path);
      assertThat(page.locator("h1")).isVisible();
      page.waitForTimeout(1000);
      assertEquals(0, page.evaluate("() => document.querySelector('.page').scrollWidth - document.querySelector('.page').clientWidth"), path);
      shot("phone-" + path.replace('/', '-'));
    }
  }

  @Test
  void aServiceThatIsAwayIsSaidAndComesBack() throws Exception {
    go("runs");
    assertThat(page.locator(".run-table tbody tr").first()).isVisible();
    int port = services.port();
    services.close();
    try {
      assertThat(page.locator(".page > .error-notice")).hasText("The run service cannot be reached. Trying again…");
    } finally {
      services = new FakeServices(port);
    }
    assertThat(page.locator(".page > .error-notice")).isHidden();
    assertThat(page.locator(".run-table tbody tr").first()).isVisible();
  }

  private void go(String path) {
    page.navigate(process.address() + path);
  }

  private void fill(String path, String value) {
    Locator input = page.locator("[data-path='" + path + "'] input");
    input.fill(value);
    input.press("Tab");
  }

  private void shot(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }
}
