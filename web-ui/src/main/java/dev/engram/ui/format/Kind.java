package dev.engram.ui.format;

import com.google.protobuf.Message;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kinds of runs: what the page says of each, and where it shows its result. A constant is named as its task in the contracts; a
 * test finds the task that has none. What else a kind of measure needs on a pair's page is one line in {@code pair.Measures} (its
 * form) and one in {@code pair.PairSection} (its panel).
 */
public enum Kind {
  TRAIN_ENCODER("Training", "trainer", "{side}, {recipe.network}|{side}, resnet9", "pairs/{pair}|encoders/{run}"),
  LAYER_MEM("LayerMem", "metrics", "of {pair}", "pairs/{pair}/layers?run={run}"),
  UNIT_MEM("UnitMem", "metrics", "of {pair}, {reference}", "pairs/{pair}/units?run={run}"),
  CLASS_MEM("ClassMem", "metrics", "of {pair}, {reference}", "pairs/{pair}/classes?run={run}"),
  INVARIANCE("Invariance", "metrics", "of {pair}", "pairs/{pair}/invariance?run={run}"),
  MEASURES("One pass", "metrics", "of several measures of {pair}", ""),
  MEASURE_SHARD("Shard", "metrics", "of LayerMem of {layer_mem.pair}|of UnitMem of {unit_mem.pair}|of ClassMem of {class_mem.pair}|of Invariance of {invariance.pair}|of one pass of {measures.pair}|of a measure", ""),
  REPLICATES("Replicates", "metrics", "over several seeds", "replicates/{run}"),
  CKA("Similarity", "metrics", "{first} and {second}", "similarity/{run}"),
  DEJA_VU("Déjà vu", "attack", "against {pair}", "deja-vu/{run}"),
  ONE_MODEL("One model", "attack", "of {pair}|of {encoder}", "one-model/{run}"),
  ATTACK_SWEEP("Sweep", "attack", "of attacks", "sweeps/{run}"),
  AUDIT("Audit", "attack", "{title}|of attacks", ""),
  TRACED_PRUNING("Traced pruning", "attack", "after {before}", "traced-pruning/{run}"),
  PROBE("Probe", "trainer", "of {pair}|of {encoder}", "pairs/{pair}|encoders/{encoder}/probes?run={run}"),
  IMPORT_ENCODER("Import", "checkpoint", "{network}|of the nearest network", "encoders/{run}"),
  EDIT_ENCODER("Edit", "intervention", "of {source}", "encoders/{run}"),
  FINE_TUNE("Fine-tuning", "fine-tuning", "of {source}", "encoders/{run}"),
  PRUNING("Pruning", "intervention", "of {source}", "interventions/{run}"),
  EXCHANGE("Exchange", "intervention", "of {source} and {other}", "interventions/{run}"),
  REGISTER_DATASET("Data set", "data set", "{display_name}", "data/{run}"),
  CREATE_SPLIT("Split", "data set", "of {dataset}", "splits/{run}"),
  TASK_NOT_SET("Unknown", "run", "", "");

  private final String title;
  private final String service;
  private final List<SpecTemplate> subject;
  private final List<SpecTemplate> result;

  /**
   * Subject and result are {@linkplain SpecTemplate templates}, alternatives separated by a bar: the first counts whose fields are all set.
   *
   * @param title name for people
   * @param service what a person calls the service that makes such runs, for failures
   * @param subject what a run is about, in a few words
   * @param result path of the page that shows the result; empty if there is none
   */
  Kind(String title, String service, String subject, String result) {
    this.title = title;
    this.service = service;
    this.subject = templates(subject);
    this.result = templates(result);
  }

  /** The kind of this task. */
  public static Kind of(RunSpec.TaskCase task) {
    return valueOf(task.name());
  }

  /** The kind of this run. */
  public static Kind of(Run run) {
    return of(run.getSpec().getTaskCase());
  }

  /** The kind that a filter names, if there is such. */
  public static Optional<Kind> named(String filter) {
    return known().filter(kind -> kind.filter().equals(filter)).findFirst();
  }

  /** All kinds that runs can be of. */
  public static Stream<Kind> known() {
    return Arrays.stream(values()).filter(kind -> kind != TASK_NOT_SET);
  }

  /** Name for people. */
  public String title() {
    return title;
  }

  /** What a person calls the service that makes such runs. */
  public String service() {
    return service;
  }

  /** Name in filters, e.g. {@code train_encoder}. */
  public String filter() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Kind and subject of a run, e.g. {@code UnitMem of demo, candidate f}. */
  public static String words(Run run) {
    return (of(run).title + " " + subject(run.getSpec())).strip();
  }

  /** What a run of this spec is about, in a few words. */
  public static String subject(RunSpec spec) {
    return fill(of(spec.getTaskCase()).subject, spec, "").orElse("");
  }

  /** The pair a run belongs to, as {@code pairs/{pair}}; empty if none. */
  public static String pair(RunSpec spec) {
    return task(spec).map(task -> task.getDescriptorForType().findFieldByName("pair") == null ? ""
        : (String) task.getField(task.getDescriptorForType().findFieldByName("pair"))).orElse("");
  }

  /** Page that shows the result of a run; none if it has no result or its kind no such page. */
  public static Optional<String> resultPath(Run run) {
    return run.getState() == Run.State.SUCCEEDED ? fill(of(run).result, run.getSpec(), Names.id(run.getName())) : Optional.empty();
  }

  /** What is to be done, as the spec of its kind. */
  public static Optional<Message> task(RunSpec spec) {
    return spec.getAllFields().values().stream().findFirst().map(Message.class::cast);
  }

  /** Whether results of this kind are shown on the page of a pair, in a section of their own. */
  public boolean onPairs() {
    return result.stream().anyMatch(template -> template.text().startsWith("pairs/{pair}/"));
  }

  private static List<SpecTemplate> templates(String alternatives) {
    return Arrays.stream(alternatives.split("\\|")).filter(text -> !text.isEmpty()).map(SpecTemplate::new).toList();
  }

  private static Optional<String> fill(List<SpecTemplate> alternatives, RunSpec spec, String run) {
    return task(spec).flatMap(task -> alternatives.stream().map(template -> template.fill(task, run)).flatMap(Optional::stream).findFirst());
  }
}
