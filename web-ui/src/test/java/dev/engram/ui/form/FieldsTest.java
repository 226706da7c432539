package dev.engram.ui.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.v1.ProbeSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private final Fields fields = new Fields();
  private final IntegerField views = fields.whole("views", "Views", 1, "");
  private final IntegerField seed = fields.whole("seed", "Seed", 0, "");

  @Test
  void helpsBeginWithACapitalUnlessTheyBeginWithAName() {
    assertEquals("Seen by f alone", Fields.sentence("seen by f alone"));
    assertEquals("Empty: 100", Fields.sentence("empty: 100"));
    for (String named : List.of("s3://bucket/key", "bbox_A.npy, shared.npy", "f again", "0 means all", "")) {
      assertEquals(named, Fields.sentence(named));
    }
  }

  @Test
  void violationsAreShownAtTheirFieldsAndTheRestIsGivenBack() {
    FieldViolation stranger = violation("spec.pair", "There is no pairs/x.");
    List<FieldViolation> rest = fields.show(List.of(violation("spec.views", "Must be 2 to 64."), stranger));
    assertEquals(List.of(stranger), rest);
    assertEquals(Optional.of("Must be 2 to 64."), fields.message("views"));
    assertEquals(Optional.empty(), fields.message("seed"));
    assertTrue(views.isInvalid());
  }

  @Test
  void twoViolationsOfOneFieldAreBothSaid() {
    fields.show(List.of(violation("seed", "One."), violation("spec.seed", "Two.")));
    assertEquals(Optional.of("One. Two."), fields.message("seed"));
  }

  @Test
  void aViolationOfAHiddenFieldIsGivenBack() {
    seed.setVisible(false);
    assertEquals(1, fields.show(List.of(violation("seed", "Hidden."))).size());
  }

  @Test
  void changingTheValueTakesTheMessageAway() {
    fields.show(List.of(violation("views", "Must be 2 to 64.")));
    views.setValue(3);
    assertFalse(views.isInvalid());
  }

  @Test
  void theSameContentIsTheSameRequest() {
    RequestIds ids = new RequestIds();
    String first = ids.of(ProbeSpec.newBuilder().setK(3).build());
    assertEquals(first, ids.of(ProbeSpec.newBuilder().setK(3).build()));
    assertNotEquals(first, ids.of(ProbeSpec.newBuilder().setK(4).build()));
    assertTrue(first.length() <= 64);
    ids.forget();
    assertNotEquals(first, ids.of(ProbeSpec.newBuilder().setK(3).build()));
  }

  private static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }
}
