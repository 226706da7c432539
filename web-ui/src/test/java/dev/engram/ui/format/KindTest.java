package dev.engram.ui.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KindTest {
  /** A shard's and a pass's findings are shown with the measures that take them; an audit is a file of its run. */
  private static final Set<RunSpec.TaskCase> NO_PAGE = Set.of(RunSpec.TaskCase.MEASURE_SHARD, RunSpec.TaskCase.MEASURES, RunSpec.TaskCase.AUDIT);

  @ParameterizedTest
  @EnumSource(RunSpec.TaskCase.class)
  void everyTaskHasAKind(RunSpec.TaskCase task) {
    Kind kind = Kind.of(task);
    assertFalse(kind.title().isBlank());
    assertEquals(task.name(), kind.filter().toUpperCase(Locale.ROOT));
  }

  /** A template that names a field its spec does not have is refused when it is filled. */
  @ParameterizedTest
  @EnumSource(value = RunSpec.TaskCase.class, mode = EnumSource.Mode.EXCLUDE, names = "TASK_NOT_SET")
  void whatIsSaidOfAKindFitsItsSpec(RunSpec.TaskCase task) {
    FieldDescriptor field = RunSpec.getDescriptor().findFieldByNumber(task.getNumber());
    Message.Builder spec = RunSpec.newBuilder().newBuilderForField(field);
    for (FieldDescriptor one : spec.getDescriptorForType().getFields()) {
      if (one.getJavaType() == FieldDescriptor.JavaType.STRING && !one.isRepeated()) {
        spec.setField(one, "x");
      }
    }
    Run run = Run.newBuilder().setName("runs/r").setState(Run.State.SUCCEEDED).setSpec(RunSpec.newBuilder().setField(field, spec.build())).build();
    assertFalse(Kind.subject(run.getSpec()).isBlank());
    assertTrue(Kind.resultPath(run).map(path -> !path.contains("{")).orElse(NO_PAGE.contains(task)));
  }

  @Test
  void aTrainingSaysWhichSide() {
    RunSpec spec = RunSpec.newBuilder().setTrainEncoder(TrainEncoderSpec.newBuilder()
        .setSide(TrainEncoderSpec.Side.REFERENCE).setPair("pairs/demo")).build();
    assertEquals("reference g, resnet9", Kind.subject(spec));
    assertEquals("pairs/demo", Kind.pair(spec));
    assertEquals("", Kind.pair(RunSpec.newBuilder().setImportEncoder(ImportEncoderSpec.getDefaultInstance()).build()));
  }

  @Test
  void aMeasureSaysOfWhat() {
    assertEquals("against demo", Kind.subject(RunSpec.newBuilder().setDejaVu(DejaVuSpec.newBuilder().setPair("pairs/demo")).build()));
    assertEquals("UnitMem of demo, reference g", Kind.words(run(RunSpec.newBuilder()
        .setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/demo").setReference(true)).build())));
    assertEquals("of mine", Kind.subject(RunSpec.newBuilder().setProbe(ProbeSpec.newBuilder().setEncoder("encoders/mine")).build()));
    assertEquals("of the nearest network", Kind.subject(RunSpec.newBuilder().setImportEncoder(ImportEncoderSpec.getDefaultInstance()).build()));
  }

  @Test
  void aResultIsShownWhereItsFiguresAre() {
    Run measure = run(RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/demo")).build());
    assertEquals(Optional.of("pairs/demo/layers?run=m"), Kind.resultPath(measure));
    assertEquals(Optional.empty(), Kind.resultPath(measure.toBuilder().setState(Run.State.RUNNING).build()));
    assertEquals(Optional.of("encoders/e/probes?run=m"), Kind.resultPath(run(RunSpec.newBuilder()
        .setProbe(ProbeSpec.newBuilder().setEncoder("encoders/e")).build())));
    assertEquals(Optional.of("encoders/m"), Kind.resultPath(run(RunSpec.newBuilder().setTrainEncoder(TrainEncoderSpec.getDefaultInstance()).build())));
  }

  private static Run run(RunSpec spec) {
    return Run.newBuilder().setName("runs/m").setState(Run.State.SUCCEEDED).setSpec(spec).build();
  }
}
