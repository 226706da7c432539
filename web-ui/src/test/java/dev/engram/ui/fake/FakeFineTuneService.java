package dev.engram.ui.fake;

import dev.engram.v1.FineTuneRequest;
import dev.engram.v1.FineTuneServiceGrpc;
import dev.engram.v1.FineTunedEncoder;
import dev.engram.v1.RunSpec;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Fine-tunings that are queued. */
final class FakeFineTuneService extends FineTuneServiceGrpc.FineTuneServiceImplBase {
  private final World world;

  FakeFineTuneService(World world) {
    this.world = world;
  }

  @Override
  public void fineTune(FineTuneRequest request, StreamObserver<FineTunedEncoder> observer) {
    Answers.one(observer, () -> {
      if (request.getSpec().getRecipe().getEpochs() < 1) {
        Answers.refuse(List.of(Answers.violation("spec.recipe.epochs", "must be at least 1")));
      }
      String id = request.getEncoderId().isEmpty() ? "fine-tune-" + world.all().size() : request.getEncoderId();
      world.queue(id, RunSpec.newBuilder().setFineTune(request.getSpec()).build());
      return FineTunedEncoder.newBuilder().setEncoder("encoders/" + id).setRun("runs/" + id).build();
    });
  }
}
