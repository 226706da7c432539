package dev.engram.ui.run;

import dev.engram.v1.Executor;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.util.List;
import java.util.stream.Collectors;

/** What runs are executed on, in words. */
final class ExecutorWords {

  private ExecutorWords() {
  }

  /** {@code 1 of 2 slots in use, on cuda:0 (NVIDIA H200), cuda:1 (NVIDIA H200)}; several processes after another; that there is none. */
  static String slots(List<Executor> executors) {
    if (executors.isEmpty()) {
      return "No process executes runs now.";
    }
    return executors.stream().map(one -> one.getBusySlots() + " of " + one.getSlots() + (one.getSlots() == 1 ? " slot" : " slots") + " in use"
        + (one.getDevicesCount() == 0 ? "" : ", on " + String.join(", ", one.getDevicesList()))
        + (executors.size() == 1 ? "" : " (" + one.getName() + ")")).collect(Collectors.joining("; ")) + ".";
  }

  /** {@code cpu, in float32}; what was computed in only where a person may choose it. Empty before a worker has taken the run. */
  static String device(Run run) {
    String precision = precision(run.getSpec());
    return run.getDevice().isEmpty() || precision.isEmpty() ? run.getDevice() : run.getDevice() + ", in " + precision;
  }

  private static String precision(RunSpec spec) {
    if (!spec.hasTrainEncoder()) {
      return "";
    }
    String precision = spec.getTrainEncoder().getRecipe().getPrecision();
    return precision.isEmpty() ? "float32" : precision;
  }
}
