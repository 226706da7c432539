package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Data sets and artifacts. */
class DataFlowIT extends PageFlow {

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
    assertThat(page).hasURL(Pattern.compile(".*/artifacts/[0-9a-f]{64}"));
  }
}
