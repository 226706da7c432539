package dev.engram.ui.fake;

import dev.engram.v1.Architecture;
import dev.engram.v1.ChannelNormalization;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.CheckpointServiceGrpc;
import dev.engram.v1.CompareEncodersRequest;
import dev.engram.v1.Crop;
import dev.engram.v1.DescribeEncoderRequest;
import dev.engram.v1.DescribeNetworkRequest;
import dev.engram.v1.EncoderComparison;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.ExportEncoderRequest;
import dev.engram.v1.ExportedEncoder;
import dev.engram.v1.FilterPicture;
import dev.engram.v1.ImportEncoderRequest;
import dev.engram.v1.ImportedEncoder;
import dev.engram.v1.InspectCheckpointRequest;
import dev.engram.v1.KeyMatch;
import dev.engram.v1.ListNetworksRequest;
import dev.engram.v1.ListNetworksResponse;
import dev.engram.v1.ModuleNode;
import dev.engram.v1.NetworkFamily;
import dev.engram.v1.NetworkMatch;
import dev.engram.v1.NetworkOption;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TensorComparison;
import dev.engram.v1.TensorDescription;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Two networks; a file that fits one of them but for a tensor; the encoders of the {@link World}. */
final class FakeCheckpointService extends CheckpointServiceGrpc.CheckpointServiceImplBase {
  private final World world;

  FakeCheckpointService(World world) {
    this.world = world;
  }

  @Override
  public void listNetworks(ListNetworksRequest request, StreamObserver<ListNetworksResponse> observer) {
    Answers.one(observer, () -> ListNetworksResponse.newBuilder()
        .addNetworks(NetworkFamily.newBuilder().setName("resnet9").setDescription("Eight convolutions, two residual sums."))
        .addNetworks(NetworkFamily.newBuilder().setName("vit_tiny").setDescription("A vision transformer of 12 blocks.")
            .addOptions(NetworkOption.newBuilder().setName("patch").setType("integer").setDefaultValue("4").setRange("1 to 32").setDescription("pixels"))).build());
  }

  @Override
  public void describeNetwork(DescribeNetworkRequest request, StreamObserver<Architecture> observer) {
    Answers.one(observer, () -> {
      if (request.getNetworkOptionsOrDefault("patch", "4").equals("0")) {
        Answers.refuse(List.of(Answers.violation("network_options.patch", "Must be 1 to 32.")));
      }
      return architecture(request.getNetwork());
    });
  }

  @Override
  public void inspectCheckpoint(InspectCheckpointRequest request, StreamObserver<CheckpointReport> observer) {
    Answers.one(observer, () -> {
      if (request.getSource().getObject().equals("s3://models/none.pt")) {
        throw Status.NOT_FOUND.withDescription("There is no s3://models/none.pt.").asRuntimeException();
      }
      boolean fits = !request.getNetwork().equals("vit_tiny");
      CheckpointReport.Builder report = CheckpointReport.newBuilder().setFormat("pytorch-zip").setSize(6_589_440).setSha256("ab".repeat(32))
          .setContainer("state_dict").addOtherContainers("optimizer").setPrefix("backbone.").setNetwork(fits ? "resnet9" : "vit_tiny")
          .setChannels(3).setSide(32).setStrictOk(fits).addNotes("Half precision is widened to FLOAT32.")
          .addHeads(tensor("fc.weight", 10, 256)).addForeignClasses("pytorch_lightning.callbacks.ModelCheckpoint")
          .addNearest(NetworkMatch.newBuilder().setNetwork("resnet9").setSide(32).setLoaded(52).setCoverage(1))
          .addNearest(NetworkMatch.newBuilder().setNetwork("vit_tiny").putNetworkOptions("patch", "4").setSide(32).setMissing(150)
              .setUnexpected(52).setCoverage(0.01));
      if (fits) {
        return report.addLoaded(KeyMatch.newBuilder().setKey("backbone.prep.conv.weight").setName("prep.conv.weight").setType("F32")
            .addAllShape(List.of(32L, 3L, 3L, 3L))).setLoadedTotal(52).build();
      }
      return report.addMissing(tensor("patch_embed.proj.weight", 192, 3, 4, 4)).setMissingTotal(150)
          .addUnexpected(tensor("backbone.prep.conv.weight", 32, 3, 3, 3)).setUnexpectedTotal(52).build();
    });
  }

  @Override
  public void importEncoder(ImportEncoderRequest request, StreamObserver<ImportedEncoder> observer) {
    Answers.one(observer, () -> {
      if (request.getSpec().hasNormalization() && request.getSpec().getNormalization().getStdList().contains(0.0)) {
        Answers.refuse(List.of(Answers.violation("spec.normalization.std[0]", "Must be above 0.")));
      }
      String id = request.getEncoderId().isEmpty() ? "import-" + world.all().size() : request.getEncoderId();
      world.queue(id, RunSpec.newBuilder().setImportEncoder(request.getSpec()).build());
      return ImportedEncoder.newBuilder().setEncoder("encoders/" + id).setRun("runs/" + id).build();
    });
  }

  @Override
  public void describeEncoder(DescribeEncoderRequest request, StreamObserver<EncoderDescription> observer) {
    Answers.one(observer, () -> {
      Run run = Answers.found(world.get(request.getName().replace("encoders/", "runs/")), request.getName());
      if (run.getState() != Run.State.SUCCEEDED) {
        throw Status.FAILED_PRECONDITION.withDescription(request.getName() + " is not ready: its run is " + run.getState() + ".").asRuntimeException();
      }
      return EncoderDescription.newBuilder().setName(request.getName()).setRun(run.getName()).setCheckpoint(run.getArtifacts(0).getArtifact())
          .setWeightsSha256("cd".repeat(32)).setArchitecture(architecture("resnet9")).setAugmentation("fashion-grey").addProjector(256).addProjector(64)
          .setProjectorParameters(82_240).setStep(940).putSeeds("training", 7).setTraining(run.getSpec().getTrainEncoder())
          .setNormalization(ChannelNormalization.newBuilder().addMean(0.286).addMean(0.286).addMean(0.286).addStd(0.353).addStd(0.353).addStd(0.353))
          .setDataset("datasets/fashion").setSplit("splits/fashion-split").addPairs("pairs/demo")
          .addAllUsedBy(world.all().stream().filter(other -> other.getDependenciesList().contains(run.getName())).map(Run::getName).toList())
          .setFirstLayer(FilterPicture.newBuilder().setPath("prep.conv").setFilters(32).setColumns(8).setCell(3)
              .setPng(Pictures.png(3, Crop.getDefaultInstance()))).build();
    });
  }

  @Override
  public void compareEncoders(CompareEncodersRequest request, StreamObserver<EncoderComparison> observer) {
    Answers.one(observer, () -> EncoderComparison.newBuilder().setFirst(request.getFirst()).setSecond(request.getSecond())
        .addTensors(compared("prep.conv.weight", TensorComparison.Kind.DIFFERENT, 0.124).addAllFirstShape(List.of(32L, 3L, 3L, 3L)).addAllSecondShape(List.of(32L, 3L, 3L, 3L)))
        .addTensors(compared("prep.batch.num_batches_tracked", TensorComparison.Kind.EQUAL, 0))
        .addTensors(compared("fc.weight", TensorComparison.Kind.ONLY_FIRST, 0).addAllFirstShape(List.of(10L, 256L)))
        .setRelativeDifference(0.124).setCosine(0.992).setEqual(1).setDifferent(1).setOnlyFirst(1).build());
  }

  @Override
  public void exportEncoder(ExportEncoderRequest request, StreamObserver<ExportedEncoder> observer) {
    Answers.one(observer, () -> ExportedEncoder.newBuilder().setFile("encoder.safetensors").setUrl(world.store() + "objects/weights").build());
  }

  private static TensorComparison.Builder compared(String name, TensorComparison.Kind kind, double difference) {
    return TensorComparison.newBuilder().setName(name).setKind(kind).setRelativeDifference(difference).setCosine(1 - difference / 10);
  }

  private static Architecture architecture(String network) {
    ModuleNode.Builder root = ModuleNode.newBuilder();
    for (int i = 0; i < FakeMetricsService.BLOCKS.size(); i++) {
      String block = FakeMetricsService.BLOCKS.get(i);
      int width = FakeMetricsService.UNITS[i];
      root.addChildren(ModuleNode.newBuilder().setPath(block).setParameters(27L * width + 2 * width)
          .addChildren(module(block + ".conv", "conv", width).setParameters(27L * width).addTensors(tensor(block + ".conv.weight", width, 3, 3, 3)))
          .addChildren(module(block + ".batch", "batch_norm", width).setParameters(2L * width).addTensors(tensor(block + ".batch.weight", width)))
          .addChildren(module(block + ".relu", "relu", width)));
      if (block.endsWith("residual2")) {
        root.addChildren(module(block.replace("residual2", "residual_add"), "add", width));
      }
    }
    return Architecture.newBuilder().setNetwork(network).setChannels(3).setSide(32).setRoot(root).setParameters(1_644_672).setBuffers(2_248).build();
  }

  private static ModuleNode.Builder module(String path, String kind, int width) {
    return ModuleNode.newBuilder().setPath(path).setKind(kind).setUnits(width).addAllOutputShape(List.of((long) width, 32L, 32L));
  }

  private static TensorDescription tensor(String name, long... shape) {
    TensorDescription.Builder tensor = TensorDescription.newBuilder().setName(name).setType("F32").setParameter(true);
    for (long size : shape) {
      tensor.addShape(size);
    }
    return tensor.build();
  }
}
