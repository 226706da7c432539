package dev.engram.ui.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.v1.Encoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExistingEncodersFormTest {
  @Test
  void encodersInTheMakingAreOfferedLastAndSaySo() {
    ExistingEncodersForm form = new ExistingEncodersForm();
    form.offer(List.of(
        Encoder.newBuilder().setName("encoders/early").build(),
        Encoder.newBuilder().setName("encoders/made").setCheckpoint("artifacts/x").build()));
    assertEquals(List.of("made", "early (not ready yet)"),
        form.reference.getListDataView().getItems().map(form.reference.getItemLabelGenerator()::apply).toList());
    form.candidate.setValue("encoders/early");
    assertEquals("encoders/early", form.f());
  }

  @Test
  void anEncoderNamedByALinkIsMeasuredAloneUnlessASecondIsNamed() {
    ExistingEncodersForm form = new ExistingEncodersForm();
    form.offer(List.of(Encoder.newBuilder().setName("encoders/mine").build(), Encoder.newBuilder().setName("encoders/other").build()));
    form.choose("encoders/none", "encoders/other");
    assertEquals("", form.f());
    form.choose("encoders/mine", "encoders/");
    assertEquals(List.of("encoders/mine", "encoders/mine"), List.of(form.f(), form.g()));
    form.choose("encoders/mine", "encoders/other");
    assertEquals(List.of("encoders/mine", "encoders/other"), List.of(form.f(), form.g()));
  }
}
