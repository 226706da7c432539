package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Figures: what they export, and that they can be read at any width. */
class FigureFlowIT extends PageFlow {

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
      for (String path : List.of("pairs/demo", "pairs/demo/layers", "pairs/demo/units", "runs/demo-f", "sweeps/demo-sweep")) {
        go(path);
        assertThat(page.locator("engram-figure[data-painted]").first()).isVisible();
        page.waitForTimeout(300);
        settles(List.of(), """
            () => [...document.querySelectorAll('engram-figure')].flatMap(figure => {
              // A legend too long for its line is cut and turned over by "1/3".
              const words = [...figure.querySelectorAll('svg text')].map(text => [text.textContent, text.getBoundingClientRect(), text])
                  .filter(([word, box, text]) => word && !/^\\d+\\/\\d+$/.test(word) && box.width > 0 && !(text.getAttribute('transform') || '').includes('matrix'));
              return words.flatMap(([a, x], i) => words.slice(i + 1)
                  .filter(([, y]) => x.left < y.right - 1 && y.left < x.right - 1 && x.top < y.bottom - 2 && y.top < x.bottom - 2)
                  .map(([b]) => a + ' on ' + b));
            })""", width + " " + path);
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
}
