package dev.engram.ui.form;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathsTest {
  private static final List<String> KNOWN = List.of("views", "recipe.epochs", "recipe.seed", "seed", "crops", "fraction", "pair_id", "idx.images",
      "composed.images");

  @ParameterizedTest
  @CsvSource({
      "views, views",
      "spec.views, views",
      "spec.recipe.epochs, recipe.epochs",
      "recipe.epochs, recipe.epochs",
      "spec.seed, seed",
      "spec.recipe.seed, recipe.seed",
      "spec.crops[0].corner.fraction, fraction",
      "spec.crops, crops",
      "spec.crops[3], crops",
      "spec.idx.images, idx.images",
      "spec.composed.images, composed.images"})
  void findsTheFieldThatIsMeant(String violation, String field) {
    assertEquals(Optional.of(field), FieldPaths.find(KNOWN, violation));
  }

  @Test
  void anIndexTellsTheFieldsOfRepeatedPartsApart() {
    List<String> known = List.of("views.groups[0].side", "views.groups[1].side", "network_options.patch");
    assertEquals(Optional.of("views.groups[1].side"), FieldPaths.find(known, "recipe.views.groups[1].side"));
    assertEquals(Optional.of("views.groups[0].side"), FieldPaths.find(known, "views.groups[0].side"));
    assertEquals(Optional.of("network_options.patch"), FieldPaths.find(known, "spec.network_options[\"patch\"]"));
  }

  @Test
  void aPartOfANameIsNoMatch() {
    assertEquals(Optional.empty(), FieldPaths.find(KNOWN, "spec.reviews"));
    assertEquals(Optional.empty(), FieldPaths.find(KNOWN, "spec.pair"));
    assertEquals(Optional.empty(), FieldPaths.find(KNOWN, "epochs"));
  }
}
