package dev.engram.ui.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.PeripheryCrop;
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
    assertEquals(Optional.of(key), PictureKey.parse("/fashion/17.png", "UPPER_LEFT", "0.25", null));
    assertEquals(Optional.of(new PictureKey("datasets/fashion", 17, Crop.getDefaultInstance())),
        PictureKey.parse("/fashion/17.png", null, null, null));
    assertEquals(Optional.of(new PictureKey("datasets/known", 3, Crop.newBuilder().setPeriphery(PeripheryCrop.newBuilder().setMinSide(8)).build())),
        PictureKey.parse("/known/3.png", null, null, "8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fashion/x.png", "/../17.png", "/fashion/17.gif", "/fashion", "", "/Fashion/17.png", "/a/b/17.png"})
  void whatIsNoPictureIsNotAskedFor(String path) {
    assertEquals(Optional.empty(), PictureKey.parse(path, null, null, null));
  }

  @Test
  void aCropThatCannotBeReadIsNotAskedFor() {
    assertEquals(Optional.empty(), PictureKey.parse("/fashion/17.png", "MIDDLE", "0.3", null));
    assertEquals(Optional.empty(), PictureKey.parse("/fashion/17.png", "LOWER_LEFT", "much", null));
  }
}
