package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.CreateExchangeRequest;
import dev.engram.v1.CreatePruningRequest;
import dev.engram.v1.EditEncoderRequest;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.FineTuneRequest;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.PruningSpec;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What can be done to an encoder: its words, its form, and whom to ask. */
enum Intervention {
  PRUNING("Pruning curve", "Switches more and more units off, those with the highest UnitMem first, the lowest, or any, and probes again after each.",
      PruningForm::new),
  EXCHANGE("Exchange sweep", "Puts layers of another encoder in place of its own, every single one, pair and triple, and probes on both data sets.",
      ExchangeForm::new),
  PRUNE("Prune units", "Makes an encoder of this one in which units are exactly 0 for every image.", PruneForm::new),
  EXCHANGE_LAYERS("Exchange layers", "Makes an encoder with some layers of another of the same network.", ExchangeLayersForm::new),
  RESTORE_UNIT("Restore all but one unit", "Makes an encoder in which one unit is that of a fine-tuned one, and all else is the source's.",
      RestoreUnitForm::new),
  FINE_TUNE("Fine-tune", "Trains some layers further with labels and a new head; all else stays frozen. Keeps one unit of a layer alone if it is named.",
      FineTuneForm::new);

  private final String title;
  private final String explanation;
  private final Function<Choices, InterventionForm> form;

  Intervention(String title, String explanation, Function<Choices, InterventionForm> form) {
    this.title = title;
    this.explanation = explanation;
    this.form = form;
  }

  /** Name for people. */
  String title() {
    return title;
  }

  /** What it does, in a sentence. */
  String explanation() {
    return explanation;
  }

  /** A form for it that offers these. */
  InterventionForm form(Choices choices) {
    return form.apply(choices);
  }

  /** Name in the URL. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of this name in the URL. */
  static Optional<Intervention> named(String key) {
    return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
  }

  /** Whether an encoder comes of it. */
  boolean makesEncoder() {
    return this != PRUNING && this != EXCHANGE;
  }

  /**
   * Asks for it.
   *
   * @param id of the run or the encoder; empty for one that is made up
   * @param spec of this kind
   * @return the name of the run
   */
  Uni<String> start(Services services, String id, Message spec, String requestId) {
    return switch (this) {
      case PRUNING -> services.interventions().createPruning(CreatePruningRequest.newBuilder()
          .setRunId(id).setSpec((PruningSpec) spec).setRequestId(requestId).build()).map(run -> run.getRun());
      case EXCHANGE -> services.interventions().createExchange(CreateExchangeRequest.newBuilder()
          .setRunId(id).setSpec((ExchangeSpec) spec).setRequestId(requestId).build()).map(run -> run.getRun());
      case PRUNE, EXCHANGE_LAYERS, RESTORE_UNIT -> services.interventions().editEncoder(EditEncoderRequest.newBuilder()
          .setEncoderId(id).setSpec((EditEncoderSpec) spec).setRequestId(requestId).build()).map(edited -> edited.getRun());
      case FINE_TUNE -> services.fineTuning().fineTune(FineTuneRequest.newBuilder()
          .setEncoderId(id).setSpec((FineTuneSpec) spec).setRequestId(requestId).build()).map(tuned -> tuned.getRun());
    };
  }
}
