package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.engram.ui.fake.FakeServices;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
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
    assertTrue(page.url().contains("unit="), page.url());
    page.waitForFunction("() => [...document.querySelectorAll('.unit-large img')].every(image => image.naturalWidth === 32)");
    shot("units");
    page.reload();
    assertThat(page.locator(".unit-large img")).hasCount(9);
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
  void aFigureIsSavedAsItsPictureAndItsNumbers() throws Exception {
    go("pairs/demo/layers");
    Locator figure = page.locator("engram-figure[data-painted]").first();
    Download table = page.waitForDownload(() -> figure.getByText("CSV").click());
    assertEquals("demo-layermem-layermem-beyond.csv", table.suggestedFilename());
    List<String> rows = Files.readAllLines(table.path());
    assertEquals("layer,point,depth,subset,against,mean,ci_low,ci_high", rows.getFirst());
    assertEquals(1 + 2 * 10, rows.size());
    assertTrue(rows.get(1).startsWith("prep.conv,conv,1,candidate,external,0.08"), rows.get(1));
    Download picture = page.waitForDownload(() -> figure.getByText("PNG").click());
    assertEquals("demo-layermem-layermem-beyond.png", picture.suggestedFilename());
    BufferedImage image = ImageIO.read(picture.path().toFile());
    assertEquals(2 * ((Number) figure.evaluate("figure => figure.querySelector('.plot').clientWidth")).intValue(), image.getWidth());
    assertTrue(colors(image) > 20, "the picture is empty");
  }

  @Test
  void noWordOfAFigureLiesOnAnother() {
    for (int width : List.of(1440, 390)) {
      page.setViewportSize(width, 900);
      for (String path : List.of("pairs/demo", "pairs/demo/layers", "pairs/demo/units", "runs/demo-f")) {
        go(path);
        assertThat(page.locator("engram-figure[data-painted]").first()).isVisible();
        page.waitForTimeout(300);
        assertEquals(List.of(), page.evaluate("""
            () => [...document.querySelectorAll('engram-figure')].flatMap(figure => {
              // A legend too long for its line is cut and turned over by "1/3".
              const words = [...figure.querySelectorAll('svg text')].map(text => [text.textContent, text.getBoundingClientRect(), text])
                  .filter(([word, box, text]) => word && !/^\\d+\\/\\d+$/.test(word) && box.width > 0 && !(text.getAttribute('transform') || '').includes('matrix'));
              return words.flatMap(([a, x], i) => words.slice(i + 1)
                  .filter(([, y]) => x.left < y.right - 1 && y.left < x.right - 1 && x.top < y.bottom - 2 && y.top < x.bottom - 2)
                  .map(([b]) => a + ' on ' + b));
            })"""), width + " " + path);
      }
    }
  }

  private static long colors(BufferedImage image) {
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 2) {
      for (int x = 0; x < image.getWidth(); x += 2) {
        colors.add(image.getRGB(x, y));
      }
    }
    return colors.size();
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
  void oneEncoderIsTrainedByARecipeWhoseOptionsTheServiceDeclares() {
    go("new-encoder");
    assertThat(page.locator("[data-path='recipe.objective_options.temperature'] input")).hasValue("0.5");
    assertThat(page.locator("[data-group='recipe.augmentation_values.groups[0].recipes[0]']")).isAttached();
    choose("recipe.network", "vit_tiny");
    fill("recipe.network_options.patch", "0");
    choose("recipe.schedule.name", "step");
    fill("recipe.schedule.gamma", "3");
    fill("recipe.epochs", "0");
    fill("encoder_id", "alone");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Train the encoder")).click();
    assertThat(page.locator("[data-path='recipe.network_options.patch']")).containsText("must be 1 to 32");
    assertThat(page.locator("[data-path='recipe.schedule.gamma']")).containsText("must be in (0, 1]");
    assertThat(page.locator("[data-path='recipe.epochs']")).containsText("Must be at least 1.");
    shot("new-encoder");
    fill("recipe.network_options.patch", "8");
    fill("recipe.schedule.gamma", "0.2");
    fill("recipe.epochs", "3");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Train the encoder")).click();
    assertThat(page.locator("h1")).hasText("alone");
    assertThat(page.locator(".facts").last()).containsText("patch");
  }

  @Test
  void aFileOfWeightsIsUploadedLookedIntoAndImported() throws Exception {
    Path file = Files.createTempFile("weights", ".pt");
    Files.write(file, new byte[300_000]);
    go("import");
    assertThat(page.locator("[data-path='network']")).isVisible();
    page.locator("engram-upload input").setInputFiles(file);
    assertThat(page.locator("[data-tile='loaded']")).containsText("52");
    assertThat(page).hasURL(Pattern.compile(".*import\\?.*upload=uploads.*"));
    assertThat(page.locator("[data-strict-ok='true']")).containsText("a strict import will succeed");
    shot("import");
    page.getByText("Hold against it").last().click();
    assertThat(page.locator("[data-tile='missing']")).containsText("150");
    assertThat(page.locator("[data-strict-ok='false']")).isVisible();
    page.goBack();
    assertThat(page.locator("[data-tile='missing']")).containsText("0");
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
    assertThat(page.locator("engram-figure[data-painted]")).hasCount(1);
    assertThat(page.locator("tbody tr").last()).containsText("81.2 %");
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

  @Test
  void aDataSetOfAnySourceIsRegistered() {
    go("new-dataset");
    choose("source", "CIFAR-10 files");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Register")).click();
    assertThat(page.locator("[data-path='cifar10.path']")).containsText("A path is needed.");
    assertThat(page.locator("[data-path='display_name']")).containsText("A name is needed.");
    choose("source", "Folder of pictures");
    fill("display_name", "Pictures");
    fill("image_folder.path", "/data/pictures");
    fill("dataset_id", "pictures");
    shot("new-dataset");
    page.locator("vaadin-button", new Page.LocatorOptions().setHasText("Register")).click();
    assertThat(page.locator("h1")).hasText("pictures");
  }

  @Test
  void dataAndArtifactsCanBeLookedAt() {
    go("data");
    assertThat(page.getByText("Fashion-MNIST, test set")).isVisible();
    go("data/fashion");
    assertThat(page.locator(".picture")).hasCount(96);
    assertThat(page.locator(".picture .box").first()).isAttached();
    assertThat(page.locator(".class-counts button")).hasCount(10);
    page.locator(".class-counts button").nth(1).click();
    assertThat(page.locator(".picture img").first()).hasAttribute("title", "Image 3, Trouser");
    assertThat(page).hasURL(Pattern.compile(".*data/fashion\\?class=1$"));
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
    for (String path : List.of("runs", "runs/large-f", "pairs/demo/layers", "pairs/demo/images", "pairs/demo/units", "deja-vu/demo-dejavu", "new-pair", "encoders/demo-f",
        "encoders/demo-f/architecture", "import")) {
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

  private void choose(String path, String item) {
    page.locator("[data-path='" + path + "']").click();
    page.locator("vaadin-select-item:visible", new Page.LocatorOptions().setHasText(item)).first().click();
  }

  private void shot(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }
}
