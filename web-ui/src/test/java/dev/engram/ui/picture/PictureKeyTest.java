package dev.engram.ui.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.EmptyRectangleCrop;
import dev.engram.v1.GridCellCrop;
import dev.engram.v1.PeripheryCrop;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureKeyTest {

  @Test
  void aPictureIsFoundByItsOwnUrl() {
    Crop corner = Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(Crop.Corner.UPPER_LEFT).setFraction(0.25)).build();
    PictureKey key = new PictureKey("datasets/fashion", 17, corner);
    assertEquals("picture/fashion/17.png?corner=UPPER_LEFT&fraction=0.25", key.url());
    assertEquals(Optional.of(key), parse("/fashion/17.png", Map.of("corner", "UPPER_LEFT", "fraction", "0.25")));
    assertEquals(Optional.of(new PictureKey("datasets/fashion", 17, Crop.getDefaultInstance())),
        parse("/fashion/17.png", Map.of()));
    assertEquals(Optional.of(new PictureKey("datasets/known", 3, Crop.newBuilder().setPeriphery(PeripheryCrop.newBuilder().setMinSide(8)).build())),
        parse("/known/3.png", Map.of("periphery", "8")));
    PictureKey cell = new PictureKey("datasets/known", 3, Crop.newBuilder().setGridCell(
        GridCellCrop.newBuilder().setRows(3).setColumns(2).setRow(2).setColumn(1)).build());
    assertEquals("picture/known/3.png?cell=3x2-2x1", cell.url());
    assertEquals(Optional.of(cell), parse("/known/3.png", Map.of("cell", "3x2-2x1")));
    PictureKey empty = new PictureKey("datasets/known", 3, Crop.newBuilder().setEmptyRectangle(EmptyRectangleCrop.getDefaultInstance()).build());
    assertEquals("picture/known/3.png?empty=", empty.url());
    assertEquals(Optional.of(empty), parse("/known/3.png", Map.of("empty", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fashion/x.png", "/../17.png", "/fashion/17.gif", "/fashion", "", "/Fashion/17.png", "/a/b/17.png"})
  void whatIsNoPictureIsNotAskedFor(String path) {
    assertEquals(Optional.empty(), parse(path, Map.of()));
  }

  @Test
  void aCropThatCannotBeReadIsNotAskedFor() {
    assertEquals(Optional.empty(), parse("/fashion/17.png", Map.of("corner", "MIDDLE", "fraction", "0.3")));
    assertEquals(Optional.empty(), parse("/fashion/17.png", Map.of("corner", "LOWER_LEFT", "fraction", "much")));
  }

  private static Optional<PictureKey> parse(String path, Map<String, String> query) {
    return PictureKey.parse(path, query::get);
  }
}
