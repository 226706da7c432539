package dev.engram.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Training: pairs and single encoders. */
class TrainFlowIT extends PageFlow {

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
    page.getByText("Preview the views").click();
    assertThat(page.locator(".previewed")).hasCount(4);
    assertThat(page.locator(".previewed").first().locator("img")).hasCount(3);
    fill("image_ids", "3, 99999");
    page.getByText("Preview the views").click();
    assertThat(page.locator("[data-path='image_ids']")).containsText("There is no image 99999.");
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
}
