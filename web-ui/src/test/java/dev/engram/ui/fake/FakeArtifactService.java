package dev.engram.ui.fake;

import com.google.protobuf.ByteString;
import dev.engram.ui.format.Kind;
import dev.engram.v1.Artifact;
import dev.engram.v1.ArtifactFile;
import dev.engram.v1.ArtifactServiceGrpc;
import dev.engram.v1.CreateDownloadUrlRequest;
import dev.engram.v1.CreateDownloadUrlResponse;
import dev.engram.v1.CreateUploadRequest;
import dev.engram.v1.CreateUploadResponse;
import dev.engram.v1.GetArtifactRequest;
import dev.engram.v1.ListArtifactsRequest;
import dev.engram.v1.ListArtifactsResponse;
import dev.engram.v1.ReadArtifactFileRequest;
import dev.engram.v1.ReadArtifactFileResponse;
import dev.engram.v1.Run;
import dev.engram.v1.RunArtifact;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The artifacts the runs of the {@link World} made. */
final class FakeArtifactService extends ArtifactServiceGrpc.ArtifactServiceImplBase {
  static final String CSV = "layer,point,depth,subset,mean,ci_low,ci_high\r\nprep.conv,conv,1,candidate,0.091,0.083,0.099\r\n";
  private final World world;

  FakeArtifactService(World world) {
    this.world = world;
  }

  @Override
  public void getArtifact(GetArtifactRequest request, StreamObserver<Artifact> observer) {
    Answers.one(observer, () -> Answers.found(all().stream().filter(one -> one.getName().equals(request.getName())).findFirst()
        .orElse(null), request.getName()));
  }

  @Override
  public void listArtifacts(ListArtifactsRequest request, StreamObserver<ListArtifactsResponse> observer) {
    Answers.one(observer, () -> ListArtifactsResponse.newBuilder().addAllArtifacts(all().stream()
        .filter(one -> request.getFilter().isEmpty() || request.getFilter().equals("kind = " + one.getKind())).toList()).build());
  }

  @Override
  public void readArtifactFile(ReadArtifactFileRequest request, StreamObserver<ReadArtifactFileResponse> observer) {
    Answers.one(observer, () -> {
      if (request.getFile().endsWith(".safetensors") || request.getFile().endsWith(".bin")) {
        throw Status.FAILED_PRECONDITION.withDescription("Use CreateDownloadUrl.").asRuntimeException();
      }
      return ReadArtifactFileResponse.newBuilder().setData(ByteString.copyFromUtf8(
          request.getFile().endsWith(".json") ? "{}\n" : CSV)).build();
    });
  }

  @Override
  public void createDownloadUrl(CreateDownloadUrlRequest request, StreamObserver<CreateDownloadUrlResponse> observer) {
    Answers.one(observer, () -> CreateDownloadUrlResponse.newBuilder().setUrl("http://127.0.0.1:9/" + request.getFile()).build());
  }

  @Override
  public void createUpload(CreateUploadRequest request, StreamObserver<CreateUploadResponse> observer) {
    Answers.one(observer, () -> CreateUploadResponse.newBuilder().setUpload("uploads/1-ab").setUrl(world.store() + "uploads/1-ab")
        .setMaxBytes(5L << 30).build());
  }

  private List<Artifact> all() {
    return world.all().stream().flatMap(run -> run.getArtifactsList().stream().map(made -> artifact(run, made))).toList();
  }

  private Artifact artifact(Run run, RunArtifact made) {
    Artifact.Builder artifact = Artifact.newBuilder().setName(made.getArtifact()).addProducers(run.getName()).setCreateTime(run.getEndTime())
        .setKind(kind(run)).addAllConsumers(world.all().stream().filter(other -> other.getInputsList().stream()
            .anyMatch(input -> input.getArtifact().equals(made.getArtifact()))).map(Run::getName).toList());
    switch (made.getRole()) {
      case "checkpoint" -> artifact.addFiles(file("checkpoint.json", 1_812, "application/json"))
          .addFiles(file("encoder.safetensors", 6_588_968, "application/vnd.safetensors"));
      case "dataset" -> artifact.addFiles(file("manifest.json", 611, "application/json"))
          .addFiles(file("pixels.bin", 30_720_000, "application/octet-stream"));
      case "split" -> artifact.addFiles(file("split.json", 58_113, "application/json"));
      default -> artifact.addFiles(file("layers.csv", CSV.length(), "text/csv")).addFiles(file("result.json", 3, "application/json"))
          .addFiles(file("scores.safetensors", 1_204_330, "application/vnd.safetensors"));
    }
    return artifact.setSize(artifact.getFilesList().stream().mapToLong(ArtifactFile::getSize).sum()).build();
  }

  private static String kind(Run run) {
    return switch (run.getSpec().getTaskCase()) {
      case REGISTER_DATASET -> "dataset";
      case CREATE_SPLIT -> "split";
      case TRAIN_ENCODER, IMPORT_ENCODER, EDIT_ENCODER, FINE_TUNE -> "checkpoint";
      default -> Kind.of(run).filter().replace('_', '-');
    };
  }

  private static ArtifactFile file(String name, long size, String type) {
    return ArtifactFile.newBuilder().setName(name).setSize(size).setMediaType(type).setSha256(World.artifact(name).substring(10)).build();
  }
}
