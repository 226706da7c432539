package dev.engram.ui.similarity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CkaSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CkaFormTest {
  private final CkaForm form = new CkaForm();

  @Test
  void theNewestTwoEncodersAndTheNewestDataAreChosenFirst() {
    form.setEncoders(List.of("encoders/b-f", "encoders/b-g", "encoders/a-f"), new UrlState("similarity", Map.of()));
    form.setDatasets(List.of("datasets/new", "datasets/old"), new UrlState("similarity", Map.of()));
    CkaSpec spec = form.request().getSpec();
    assertEquals(CkaSpec.newBuilder().setFirst("encoders/b-f").setSecond("encoders/b-g").setDataset("datasets/new")
        .setEstimator(CkaSpec.Estimator.UNBIASED).setBatchSize(256).setMaxImages(2048).build(), spec);
  }

  @Test
  void theUrlChoosesOthers() {
    UrlState url = new UrlState("similarity", Map.of("first", "a-f", "second", "a-f", "dataset", "old"));
    form.setEncoders(List.of("encoders/b-f", "encoders/b-g", "encoders/a-f"), url);
    form.setDatasets(List.of("datasets/new", "datasets/old"), url);
    CkaSpec spec = form.request().getSpec();
    assertEquals("encoders/a-f encoders/a-f datasets/old", spec.getFirst() + " " + spec.getSecond() + " " + spec.getDataset());
  }

  @Test
  void withoutEncodersTheServiceSaysWhatIsMissing() {
    form.setEncoders(List.of(), new UrlState("similarity", Map.of()));
    assertEquals("", form.request().getSpec().getFirst());
  }
}
