package dev.engram.ui.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.ui.component.Gallery;
import dev.engram.ui.form.Fields;
import dev.engram.v1.BoxSource;
import dev.engram.v1.Cifar100Source;
import dev.engram.v1.CifarPart;
import dev.engram.v1.Dataset;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.DerivedSource;
import dev.engram.v1.Geometry;
import dev.engram.v1.IdRange;
import dev.engram.v1.ImageEntry;
import dev.engram.v1.ImageFolderSource;
import dev.engram.v1.ObjectBox;
import dev.engram.v1.RegisterDatasetSpec;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistrationFormTest {
  private final RegistrationForm form = new RegistrationForm();

  @ParameterizedTest
  @EnumSource
  void everySourceOfTheContractCanBeDescribed(RegistrationForm.Source source) {
    form.source.setValue(source);
    assertEquals(source.name(), form.request().getSpec().getSourceCase().name());
    assertEquals(RegisterDatasetSpec.SourceCase.values().length - 1, RegistrationForm.Source.values().length);
  }

  @Test
  void aFolderOfPicturesWithBoxesInAShape() {
    form.source.setValue(RegistrationForm.Source.IMAGE_FOLDER);
    form.displayName.setValue("Pictures");
    form.folderPath.setValue("/data/pictures ");
    form.boxesCsv.setValue("/data/boxes.csv");
    form.boxesPrefix.setValue("body_");
    form.method.setValue(Geometry.Method.CENTER_CROP);
    form.side.setValue(96);
    form.unreadable.setValue(RegisterDatasetSpec.Unreadable.FAIL);
    assertEquals(RegisterDatasetSpec.newBuilder().setDisplayName("Pictures").setImageFolder(ImageFolderSource.newBuilder().setPath("/data/pictures")
            .setBoxes(BoxSource.newBuilder().setCsv("/data/boxes.csv").setColumnPrefix("body_")))
        .setGeometry(Geometry.newBuilder().setMethod(Geometry.Method.CENTER_CROP).setSide(96)).setUnreadable(RegisterDatasetSpec.Unreadable.FAIL).build(),
        form.request().getSpec());
    assertTrue(form.folderPath.isVisible());
    assertFalse(form.cifar10Path.isVisible());
  }

  @Test
  void onlyWhatDiffersFromTheDefaultIsSent() {
    form.source.setValue(RegistrationForm.Source.CIFAR100);
    form.cifar100Path.setValue("/data/cifar-100");
    RegisterDatasetSpec spec = form.request().getSpec();
    assertFalse(spec.hasGeometry());
    assertEquals(Cifar100Source.newBuilder().setPath("/data/cifar-100").setPart(CifarPart.CIFAR_ALL).build(), spec.getCifar100());
  }

  @Test
  void howOftenComposedImagesAreVisited() {
    form.source.setValue(RegistrationForm.Source.COMPOSED);
    assertEquals(0, form.request().getSpec().getComposed().getRepeatsCount());
    form.composedRepeats.setValue("1, 2, 5,10");
    assertTrue(form.readable());
    assertEquals(List.of(1, 2, 5, 10), form.request().getSpec().getComposed().getRepeatsList());
    assertEquals("composed: 4,000 images, seed 0, repeated 1, 2, 5, 10 times", Sources.words(form.request().getSpec()));
    form.composedRepeats.setValue("1, often");
    assertFalse(form.readable());
  }

  @Test
  void noiseInAnotherSet() {
    Dataset cifar = Dataset.newBuilder().setName("datasets/cifar").setSummary(DatasetSummary.newBuilder().setImages(60_000)).build();
    form.offer(List.of(cifar));
    form.source.setValue(RegistrationForm.Source.DERIVED);
    assertEquals(OptionalLong.empty(), form.images());
    form.derivedFrom.setValue(cifar);
    form.inputNoise.setValue(0.0);
    form.labelNoise.setValue(1.0);
    form.only.setValue("0–49999");
    assertTrue(form.readable());
    assertEquals(DerivedSource.newBuilder().setDataset("datasets/cifar").setLabelNoise(1).setMayKeepLabel(true)
        .setMoments(DerivedSource.Moments.PER_CHANNEL).setOnly(IdRange.newBuilder().setTo(50_000)).build(), form.request().getSpec().getDerived());
    assertEquals(OptionalLong.of(60_000), form.images());
    form.only.setValue("the first");
    assertFalse(form.readable());
  }

  @Test
  void aViolationIsShownAtTheFieldOfItsSource() {
    form.source.setValue(RegistrationForm.Source.WEB_DATASET);
    List<FieldViolation> rest = List.of(FieldViolation.newBuilder().setField("spec.web_dataset.path").setDescription("There is no such file.").build(),
        FieldViolation.newBuilder().setField("spec.geometry.side").setDescription("must be 8 to 1024").build());
    for (Fields fields : form.fields()) {
      rest = fields.show(rest);
    }
    assertEquals(List.of(), rest);
    assertTrue(form.webPath.isInvalid());
    assertTrue(form.side.isInvalid());
  }

  @Test
  void boxesAreSharesOfThePicture() {
    ImageEntry image = ImageEntry.newBuilder().addBoxes(ObjectBox.newBuilder().setXmin(8).setYmin(0).setXmax(24).setYmax(16)).build();
    assertEquals(List.of(new Gallery.Frame(0.25, 0, 0.75, 0.25)),
        DatasetView.boxes(image, DatasetSummary.newBuilder().setWidth(32).setHeight(64).build()));
  }

  @Test
  void equalImagesInWords() {
    assertEquals("none", DatasetView.duplicates(DatasetSummary.getDefaultInstance()));
    assertEquals("7 groups of equal pixels, 2 of them across labels; all are in duplicates.csv",
        DatasetView.duplicates(DatasetSummary.newBuilder().setDuplicateGroups(7).setDuplicateGroupsAcrossLabels(2).build()));
  }
}
