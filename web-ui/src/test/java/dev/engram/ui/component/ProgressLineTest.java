package dev.engram.ui.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.util.Durations;
import dev.engram.v1.Run;
import dev.engram.v1.RunProgress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final RunProgress SLOW = RunProgress.newBuilder().setStage("training").setDone(412).setTotal(1170).setUnit("step").setRate(0.1)
      .setEta(Durations.fromSeconds(93)).build();

  private static String words(RunProgress progress, Run.State requested) {
    return ProgressLine.words(Run.newBuilder().setState(Run.State.RUNNING).setProgress(progress).setRequestedState(requested).build());
  }

  @Test
  void aRunningRunSaysHowFarItIsAndHowLongItTakes() {
    assertEquals("training · 412 of 1,170 steps · 0.1 steps/s · 1 min 33 s left", words(SLOW, Run.State.STATE_UNSPECIFIED));
  }

  @Test
  void aRunThatIsToStopSaysWhenItWill() {
    assertEquals("training · 412 of 1,170 steps · saves its state and stops after the step in progress, which takes about 10 s", words(SLOW, Run.State.PAUSED));
    assertEquals("training · 412 of 1,170 steps · saves its state and stops", words(SLOW.toBuilder().setRate(8).build(), Run.State.PAUSED));
    assertEquals("training · 412 of 1,170 steps · ends within seconds", words(SLOW, Run.State.CANCELLED));
  }
}
