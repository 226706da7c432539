package dev.engram.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at the page: starts a small pair, watches it, measures and attacks it, opens every figure. */
class BrowserFlowTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String PAIR = "by-hand";
    private static final double WAIT = 180_000;

    /** For what runs make. */
    private static final double PATIENCE = 900_000;

    @TempDir
    Path directory;

    @Test
    void aPairFromTheFormToTheFigures() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium in /usr/bin: the browser flow was skipped");
        int port = EngramProcess.freePort();
        try (EngramProcess engram = EngramProcess.local(directory, port, "up", "--home", directory.resolve("home").toString(),
                        "--port", Integer.toString(port)).awaitServing();
                Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setTimeout(WAIT)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                                "--disable-component-update", "--disable-sync")))) {
            Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1440, 900).setBaseURL("http://127.0.0.1:" + port));
            page.setDefaultTimeout(WAIT);
            PlaywrightAssertions.setDefaultAssertionTimeout(WAIT);
            List<String> errors = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    errors.add(message.text());
                }
            });
            page.onPageError(errors::add);

            startPair(page);
            measure(page, "layer_mem", "hand-layermem");
            measure(page, "unit_mem", "hand-unitmem");
            measure(page, "deja_vu", "hand-dejavu");
            measure(page, "probe", "hand-probe");
            watch(page, PAIR + "-f");
            for (String run : List.of("hand-layermem", "hand-unitmem", "hand-dejavu", "hand-probe")) {
                watch(page, run);
            }
            figures(page);
            exportAndImport(page);
            assertEquals(List.of(), errors, engram.output());
        }
    }

    private static void startPair(Page page) {
        page.navigate("/new-pair");
        Locator start = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Train both encoders"));
        assertThat(start).isVisible();
        // The form takes a named recipe when it comes; what is typed before would be lost.
        assertThat(page.locator("vaadin-select[has-value]", new Page.LocatorOptions().setHasText("Start from"))).isVisible(patiently());
        fill(page, "Shared", "64");
        fill(page, "Candidate", "64");
        fill(page, "Independent", "64");
        fill(page, "External", "64");
        fill(page, "Public", "300");
        fill(page, "Epochs", "3");
        fill(page, "Batch size", "32");
        fill(page, "Warm-up epochs", "1");
        fill(page, "Id of the pair", PAIR);
        start.click();
        page.waitForURL("**/pairs/" + PAIR);
    }

    private static void fill(Page page, String label, String text) {
        Locator field = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
        field.fill(text);
        field.press("Tab");
    }

    private static void measure(Page page, String kind, String run) {
        page.navigate("/pairs/" + PAIR + "/measure?kind=" + kind);
        fill(page, "Run id", run);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Start .+"))).click();
        page.waitForURL("**/runs/" + run);
    }

    private static void watch(Page page, String run) {
        page.navigate("/runs/" + run);
        assertThat(page.locator("[data-state=SUCCEEDED]").first()).isVisible(patiently());
    }

    private static void figures(Page page) {
        page.navigate("/pairs/" + PAIR + "/layers");
        figure(page, "LayerMem by depth");
        page.navigate("/pairs/" + PAIR + "/images");
        assertThat(page.locator("[data-order=most] .picture img").first()).isVisible(patiently());
        page.navigate("/pairs/" + PAIR + "/units");
        assertThat(page.locator(".page img").first()).isVisible(patiently());
        page.navigate("/pairs/" + PAIR + "/leaks");
        assertThat(page.locator("main, .page").first()).isVisible();
        page.navigate("/deja-vu/hand-dejavu");
        figure(page, "Accuracy by confidence");
        page.navigate("/runs/" + PAIR + "-f");
        assertThat(page.locator("engram-figure svg, engram-figure canvas").first()).isVisible(patiently());
    }

    /** What leaves by the export comes back by the import, bit by bit. */
    private static void exportAndImport(Page page) {
        page.navigate("/encoders/" + PAIR + "-f");
        assertThat(page.locator(".filters-picture")).isVisible(patiently());
        Download weights = page.waitForDownload(() -> page.locator("a[href$='/encoder.safetensors']").click());
        page.navigate("/import");
        page.locator("engram-upload input").setInputFiles(weights.path());
        assertThat(page.locator("[data-strict-ok=true]")).isVisible(patiently());
        fill(page, "Id of the encoder", "brought-back");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import").setExact(true)).click();
        page.waitForURL("**/runs/brought-back");
        watch(page, "brought-back");
        page.navigate("/compare?first=" + PAIR + "-f&second=brought-back");
        assertThat(page.locator(".facts").first()).containsText("Different0 tensors", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
        page.navigate("/encoders/brought-back/architecture");
        assertThat(page.locator("[data-layer='prep.conv']")).containsText("32 × 32 × 32");
    }

    private static void figure(Page page, String title) {
        assertThat(page.getByText(title).first()).isVisible(patiently());
        assertThat(page.locator("engram-figure svg, engram-figure canvas").first()).isVisible(patiently());
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
    }
}
