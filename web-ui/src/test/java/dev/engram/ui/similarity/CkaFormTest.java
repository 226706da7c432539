package dev.engram.ui.similarity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CkaSpec;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Encoder;
import dev.engram.v1.Split;
import dev.engram.v1.TrainEncoderSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CkaFormTest {
  private final CkaForm form = new CkaForm();

  @Test
  void theNewestTwoEncodersAndTheNewestDataAreChosenFirst() {
    form.setEncoders(List.of("encoders/b-f", "encoders/b-g", "encoders/a-f"), new UrlState("similarity", Map.of()));
    form.setDatasets(List.of("datasets/new", "datasets/old"), new UrlState("similarity", Map.of()), "");
    CkaSpec spec = form.request().getSpec();
    assertEquals(CkaSpec.newBuilder().setFirst("encoders/b-f").setSecond("encoders/b-g").setDataset("datasets/new")
        .setEstimator(CkaSpec.Estimator.UNBIASED).setBatchSize(256).setMaxImages(2048).build(), spec);
  }

  @Test
  void theUrlChoosesOthers() {
    UrlState url = new UrlState("similarity", Map.of("first", "a-f", "second", "a-f", "dataset", "old"));
    form.setEncoders(List.of("encoders/b-f", "encoders/b-g", "encoders/a-f"), url);
    form.setDatasets(List.of("datasets/new", "datasets/old"), url, "datasets/new");
    CkaSpec spec = form.request().getSpec();
    assertEquals("encoders/a-f encoders/a-f datasets/old", spec.getFirst() + " " + spec.getSecond() + " " + spec.getDataset());
  }

  @Test
  void encodersAreComparedOnTheImagesOfTheirTrainingUnlessTheUrlSaysOtherwise() {
    List<Split> splits = List.of(Split.newBuilder().setName("splits/s").setSpec(CreateSplitSpec.newBuilder().setDataset("datasets/old")).build());
    Encoder onSplit = Encoder.newBuilder().setSpec(TrainEncoderSpec.newBuilder().setSplit("splits/s")).build();
    Encoder onAll = Encoder.newBuilder().setSpec(TrainEncoderSpec.newBuilder().setDataset("datasets/all")).build();
    assertEquals(List.of("datasets/old", "datasets/all", ""), Stream.of(onSplit, onAll, Encoder.getDefaultInstance())
        .map(encoder -> SimilarityListView.dataset(encoder, splits)).toList());
    form.setDatasets(List.of("datasets/new", "datasets/old"), new UrlState("similarity", Map.of()), "datasets/old");
    assertEquals("datasets/old", form.request().getSpec().getDataset());
  }

  @Test
  void withoutEncodersTheServiceSaysWhatIsMissing() {
    form.setEncoders(List.of(), new UrlState("similarity", Map.of()));
    assertEquals("", form.request().getSpec().getFirst());
  }
}
