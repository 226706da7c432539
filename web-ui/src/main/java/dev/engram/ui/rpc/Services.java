package dev.engram.ui.rpc;

import dev.engram.v1.ArtifactService;
import dev.engram.v1.AttackService;
import dev.engram.v1.CheckpointService;
import dev.engram.v1.DatasetService;
import dev.engram.v1.FineTuneService;
import dev.engram.v1.InterventionService;
import dev.engram.v1.MetricsService;
import dev.engram.v1.RunService;
import dev.engram.v1.TrainerService;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The services the page talks to; each at its own address by configuration ({@code engram.<service>.host}, {@code .port}). */
@ApplicationScoped
public class Services {
  private final RunService runs;
  private final ArtifactService artifacts;
  private final DatasetService datasets;
  private final TrainerService trainer;
  private final CheckpointService checkpoints;
  private final MetricsService metrics;
  private final InterventionService interventions;
  private final FineTuneService fineTuning;
  private final AttackService attack;

  @Inject
  public Services(@GrpcClient("runs") RunService runs, @GrpcClient("artifacts") ArtifactService artifacts,
      @GrpcClient("datasets") DatasetService datasets, @GrpcClient("trainer") TrainerService trainer,
      @GrpcClient("checkpoints") CheckpointService checkpoints, @GrpcClient("metrics") MetricsService metrics,
      @GrpcClient("interventions") InterventionService interventions, @GrpcClient("fine-tuning") FineTuneService fineTuning,
      @GrpcClient("attack") AttackService attack) {
    this.runs = runs;
    this.artifacts = artifacts;
    this.datasets = datasets;
    this.trainer = trainer;
    this.checkpoints = checkpoints;
    this.metrics = metrics;
    this.interventions = interventions;
    this.fineTuning = fineTuning;
    this.attack = attack;
  }

  public RunService runs() {
    return runs;
  }

  public ArtifactService artifacts() {
    return artifacts;
  }

  public DatasetService datasets() {
    return datasets;
  }

  public TrainerService trainer() {
    return trainer;
  }

  public CheckpointService checkpoints() {
    return checkpoints;
  }

  public MetricsService metrics() {
    return metrics;
  }

  public InterventionService interventions() {
    return interventions;
  }

  public FineTuneService fineTuning() {
    return fineTuning;
  }

  public AttackService attack() {
    return attack;
  }
}
