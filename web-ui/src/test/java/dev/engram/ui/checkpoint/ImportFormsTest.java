package dev.engram.ui.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.InspectCheckpointRequest;
import dev.engram.v1.NetworkFamily;
import dev.engram.v1.NetworkOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportFormsTest {
  private static final List<NetworkFamily> NETWORKS = List.of(NetworkFamily.newBuilder().setName("resnet9").build(),
      NetworkFamily.newBuilder().setName("vit_tiny").addOptions(NetworkOption.newBuilder().setName("patch").setDefaultValue("4")).build());

  @Test
  void theUrlSaysWhatIsInspected() {
    ImportState state = state(Map.of("object", "s3://models/a.pt", "network", "vit_tiny", "option.patch", "8", "side", "64",
        "prefix", "none", "projector", "head.", "foreign", "skip", "container", "teacher"));
    InspectCheckpointRequest request = state.inspection();
    assertEquals("s3://models/a.pt", request.getSource().getObject());
    assertEquals(Map.of("patch", "8"), request.getNetworkOptionsMap());
    assertEquals(64, request.getSide());
    assertTrue(request.getReading().hasPrefix());
    assertEquals("", request.getReading().getPrefix());
    assertTrue(request.getReading().getIgnoreForeign());
    assertEquals("teacher", request.getReading().getContainer());
  }

  @Test
  void aPrefixThatIsNotNamedIsFound() {
    assertFalse(state(Map.of("path", "/data/a.pt")).reading().hasPrefix());
    assertFalse(state(Map.of()).named());
  }

  @Test
  void theFormWritesTheUrlItWasFilledFrom() {
    ImportState state = state(Map.of("path", "/data/a.pt", "network", "vit_tiny", "option.patch", "8", "side", "64", "prefix", "model."));
    SourceForm form = new SourceForm((upload, file) -> { });
    form.set(state, NETWORKS);
    assertEquals(SourceForm.Kind.PATH, form.kind.getValue());
    assertEquals(state.url(), form.url(state));
    form.network.setValue("resnet9");
    assertEquals(Map.of(), new ImportState(form.url(state)).options());
  }

  @Test
  void aChangedSourceReplacesTheOther() {
    ImportState state = state(Map.of("upload", "uploads/1", "file", "a.pt"));
    SourceForm form = new SourceForm((upload, file) -> { });
    form.set(state, NETWORKS);
    form.kind.setValue(SourceForm.Kind.OBJECT);
    form.object.setValue("s3://models/b.pt ");
    assertEquals(Map.of("object", "s3://models/b.pt"), form.url(state).values());
  }

  @Test
  void whatIsImportedIsTheFileOfTheReport() {
    ImportForm form = new ImportForm();
    CheckpointReport report = CheckpointReport.newBuilder().setNetwork("vit_tiny").putNetworkOptions("patch", "4").setSide(32)
        .setSha256("ab").setMissingTotal(3).build();
    form.set(report);
    assertFalse(form.strict.getValue(), "a strict import would fail");
    form.mean.setValue("0.5, 0.5 0.5");
    form.std.setValue("0.25,.25,0.25");
    assertTrue(form.readable());
    ImportEncoderSpec spec = form.request(state(Map.of("upload", "uploads/1")), report).getSpec();
    assertEquals(CheckpointSource.newBuilder().setUpload("uploads/1").build(), spec.getSource());
    assertEquals("ab", spec.getSha256());
    assertEquals(List.of(0.5, 0.5, 0.5), spec.getNormalization().getMeanList());
    assertEquals(List.of(0.25, 0.25, 0.25), spec.getNormalization().getStdList());
    assertTrue(spec.hasStrict() && !spec.getStrict());
    form.std.setValue("wide");
    assertFalse(form.readable());
  }

  private static ImportState state(Map<String, String> values) {
    return new ImportState(new UrlState("import", values));
  }
}
