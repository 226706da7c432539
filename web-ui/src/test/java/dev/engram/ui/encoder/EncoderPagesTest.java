package dev.engram.ui.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.v1.Encoder;
import dev.engram.v1.ModuleNode;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncoderPagesTest {

  @Test
  void layersAreCountedWithoutTheirGroups() {
    ModuleNode tree = ModuleNode.newBuilder().addChildren(ModuleNode.newBuilder().setPath("layer1")
        .addChildren(ModuleNode.newBuilder().setPath("layer1.conv").setKind("conv"))
        .addChildren(ModuleNode.newBuilder().setPath("layer1.bn").setKind("batch_norm"))).build();
    assertEquals(2, ArchitectureTree.layers(tree));
    assertEquals("conv", ArchitectureTree.localName("layer1.conv", "layer1"));
    assertEquals("layer10.conv", ArchitectureTree.localName("layer10.conv", "layer1"));
    assertEquals("64 × 32 × 32", ArchitectureTree.shape(List.of(64L, 32L, 32L)));
  }

  @Test
  void anEncoderInWords() {
    TrainingRecipe recipe = TrainingRecipe.newBuilder().setNetwork("vit_tiny").putNetworkOptions("patch", "4").setObjective("dino").setEpochs(1).build();
    assertEquals("vit_tiny (patch 4), dino, 1 epoch of batch 128", EncoderWords.recipe(recipe));
    assertEquals("resnet50 (stem cifar, width 2048)", EncoderWords.network("resnet50", Map.of("width", "2048", "stem", "cifar")));
    assertEquals("resnet9", EncoderWords.network("resnet9", Map.of("classes", "0")));
    assertEquals("shared, public images", EncoderWords.images(TrainEncoderSpec.newBuilder().addParts(TrainingPart.TRAINING_PART_SHARED)
        .addParts(TrainingPart.TRAINING_PART_PUBLIC).build()));
    assertEquals("all images", EncoderWords.images(TrainEncoderSpec.getDefaultInstance()));
  }

  @Test
  void aPairThatWasNotTrainedSaysOfWhatItIs() {
    Pair pair = Pair.newBuilder().setCandidate("encoders/demo-f").setReference("encoders/demo-g").build();
    assertEquals("existing encoders: f is demo-f, g is demo-g", EncoderWords.recipeOf(pair));
    assertEquals("edited: f was made of demo-f, g is demo-g", EncoderWords.recipeOf(pair.toBuilder().setCandidate("encoders/traced-pruned")
        .setCandidateSource("encoders/demo-f").build()));
    assertEquals("resnet9, simclr, 3 epochs of batch 128", EncoderWords.recipeOf(pair.toBuilder().setRecipe(TrainingRecipe.newBuilder().setEpochs(3)).build()));
  }

  @Test
  void changedUnitsAreSaidInRanges() {
    assertEquals("0, 3 – 5, 9", ChangesPanel.ranges(List.of(0, 3, 4, 5, 9)));
    assertEquals("", ChangesPanel.ranges(List.of()));
    assertEquals("made of demo-f", EncoderWords.origin(Encoder.newBuilder().setSource("encoders/demo-f").build()));
  }

  @Test
  void cutsAreInTheOrderOfTheNetwork() {
    List<ProbeResult.Accuracy> found = Stream.of("output", "layer1", "layer2", "projector.0", "projector.3")
        .map(layer -> ProbeResult.Accuracy.newBuilder().setLayer(layer).build()).toList();
    assertEquals(List.of("layer1", "layer2", "output", "projector.0", "projector.3"),
        LayerProbesPanel.byDepth(found).stream().map(ProbeResult.Accuracy::getLayer).toList());
  }
}
