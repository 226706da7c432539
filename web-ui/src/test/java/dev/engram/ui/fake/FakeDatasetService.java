package dev.engram.ui.fake;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.v1.Augmentation;
import dev.engram.v1.BatchGetImagesRequest;
import dev.engram.v1.BatchGetImagesResponse;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Crop;
import dev.engram.v1.Dataset;
import dev.engram.v1.DatasetServiceGrpc;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.GetSplitRequest;
import dev.engram.v1.ImageEntry;
import dev.engram.v1.ImagePicture;
import dev.engram.v1.ListAugmentationsRequest;
import dev.engram.v1.ListAugmentationsResponse;
import dev.engram.v1.ListDatasetsRequest;
import dev.engram.v1.ListDatasetsResponse;
import dev.engram.v1.ListImagesRequest;
import dev.engram.v1.ListImagesResponse;
import dev.engram.v1.ListNearDuplicatesRequest;
import dev.engram.v1.ListNearDuplicatesResponse;
import dev.engram.v1.ListSplitImagesRequest;
import dev.engram.v1.ListSplitImagesResponse;
import dev.engram.v1.ListSplitsRequest;
import dev.engram.v1.ListSplitsResponse;
import dev.engram.v1.NearDuplicatePair;
import dev.engram.v1.ObjectBox;
import dev.engram.v1.PreviewViewsRequest;
import dev.engram.v1.PreviewViewsResponse;
import dev.engram.v1.PreviewedImage;
import dev.engram.v1.PreviewedView;
import dev.engram.v1.RandomCrop;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.Split;
import dev.engram.v1.SplitClass;
import dev.engram.v1.SplitSummary;
import dev.engram.v1.ViewGroup;
import dev.engram.v1.ViewRecipe;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Data sets and splits as the runs of the {@link World} make them. */
final class FakeDatasetService extends DatasetServiceGrpc.DatasetServiceImplBase {
  private final World world;

  FakeDatasetService(World world) {
    this.world = world;
  }

  @Override
  public void createDataset(CreateDatasetRequest request, StreamObserver<Dataset> observer) {
    Answers.one(observer, () -> {
      List<FieldViolation> violations = new ArrayList<>();
      if (request.getSpec().getDisplayName().isEmpty()) {
        violations.add(Answers.violation("spec.display_name", "A name is needed."));
      }
      if (request.getSpec().hasCifar10() && request.getSpec().getCifar10().getPath().isEmpty()) {
        violations.add(Answers.violation("spec.cifar10.path", "A path is needed."));
      }
      Answers.refuse(violations);
      String id = request.getDatasetId().isEmpty() ? "dataset-" + world.all().size() : request.getDatasetId();
      world.queue(id, RunSpec.newBuilder().setRegisterDataset(request.getSpec()).build());
      return dataset(world.get("runs/" + id));
    });
  }

  @Override
  public void getDataset(GetDatasetRequest request, StreamObserver<Dataset> observer) {
    Answers.one(observer, () -> dataset(Answers.found(world.get(request.getName().replace("datasets/", "runs/")), request.getName())));
  }

  @Override
  public void listDatasets(ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> observer) {
    Answers.one(observer, () -> ListDatasetsResponse.newBuilder().addAllDatasets(world.all().stream()
        .filter(run -> run.getSpec().hasRegisterDataset()).map(FakeDatasetService::dataset).toList()).build());
  }

  @Override
  public void previewViews(PreviewViewsRequest request, StreamObserver<PreviewViewsResponse> observer) {
    Answers.one(observer, () -> {
      for (int i = 0; i < request.getImageIdsCount(); i++) {
        if (request.getImageIds(i) >= 10_000) {
          Answers.refuse(List.of(Answers.violation("image_ids[" + i + "]", "There is no image " + request.getImageIds(i) + ".")));
        }
      }
      PreviewViewsResponse.Builder response = PreviewViewsResponse.newBuilder();
      for (long id : request.getImageIdsList()) {
        PreviewedImage.Builder image = PreviewedImage.newBuilder().setImageId(id).setPng(Pictures.png(id, Crop.getDefaultInstance()));
        for (int group = 0; group < request.getAugmentation().getGroupsCount(); group++) {
          for (int view = 0; view < request.getAugmentation().getGroups(group).getViews(); view++) {
            image.addViews(PreviewedView.newBuilder().setGroup(group).setView(view)
                .setPng(Pictures.png(id, World.corner(view % 2 == 0 ? Crop.Corner.UPPER_LEFT : Crop.Corner.LOWER_RIGHT))));
          }
        }
        response.addImages(image);
      }
      return response.build();
    });
  }

  @Override
  public void batchGetImages(BatchGetImagesRequest request, StreamObserver<BatchGetImagesResponse> observer) {
    Answers.one(observer, () -> BatchGetImagesResponse.newBuilder().addAllImages(request.getImageIdsList().stream()
        .map(image -> ImagePicture.newBuilder().setImageId(image).setLabel(Pictures.label(image))
            .setPng(Pictures.png(image, request.getCrop())).build()).toList()).build());
  }

  @Override
  public void listImages(ListImagesRequest request, StreamObserver<ListImagesResponse> observer) {
    Answers.one(observer, () -> {
      int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
      ListImagesResponse.Builder answer = ListImagesResponse.newBuilder().setTotal(10_000).setNextPageToken(String.valueOf(from + request.getPageSize()));
      for (int i = 0; i < 10; i++) {
        answer.addClassImages(1000 - 40 * i);
      }
      for (long image = from; answer.getImagesCount() < request.getPageSize(); image++) {
        if (!request.hasLabel() || Pictures.label(image) == request.getLabel()) {
          answer.addImages(ImageEntry.newBuilder().setImageId(image).setLabel(Pictures.label(image))
              .addBoxes(ObjectBox.newBuilder().setXmin(4).setYmin(4).setXmax(28).setYmax(28)));
        }
      }
      return answer.build();
    });
  }

  @Override
  public void listAugmentations(ListAugmentationsRequest request, StreamObserver<ListAugmentationsResponse> observer) {
    Answers.one(observer, () -> ListAugmentationsResponse.newBuilder().addAugmentations(Augmentation.newBuilder().setName("fashion-grey")
        .addGroups(ViewGroup.newBuilder().setViews(2).setRelativeSide(1).addRecipes(ViewRecipe.newBuilder().setHorizontalFlip(0.5)
            .setCrop(RandomCrop.newBuilder().setMinArea(0.2).setMaxArea(1))))).build());
  }

  @Override
  public void createSplit(CreateSplitRequest request, StreamObserver<Split> observer) {
    Answers.one(observer, () -> {
      CreateSplitSpec spec = request.getSpec();
      List<FieldViolation> violations = new ArrayList<>();
      if (spec.getIndependent() != spec.getCandidate()) {
        violations.add(Answers.violation("spec.independent", "Must be as many as the candidates, " + spec.getCandidate() + "."));
      }
      if (spec.getExternal() < 2) {
        violations.add(Answers.violation("spec.external", "Must be at least 2."));
      }
      Answers.refuse(violations);
      String id = request.getSplitId().isEmpty() ? "split-" + world.all().size() : request.getSplitId();
      world.queue(id, RunSpec.newBuilder().setCreateSplit(spec).build(), spec.getDataset().replace("datasets/", "runs/"));
      return split(world.get("runs/" + id));
    });
  }

  @Override
  public void getSplit(GetSplitRequest request, StreamObserver<Split> observer) {
    Answers.one(observer, () -> split(Answers.found(world.get(request.getName().replace("splits/", "runs/")), request.getName())));
  }

  @Override
  public void listSplits(ListSplitsRequest request, StreamObserver<ListSplitsResponse> observer) {
    Answers.one(observer, () -> ListSplitsResponse.newBuilder().addAllSplits(world.all().stream()
        .filter(run -> run.getSpec().hasCreateSplit()).map(FakeDatasetService::split).toList()).build());
  }

  @Override
  public void listSplitImages(ListSplitImagesRequest request, StreamObserver<ListSplitImagesResponse> observer) {
    Answers.one(observer, () -> {
      ListSplitImagesResponse.Builder answer = ListSplitImagesResponse.newBuilder().setDataset("datasets/fashion").setTotal(1000);
      for (int label = 0; label < 10; label++) {
        answer.addClasses(SplitClass.newBuilder().setLabel(label).setShared(300).setCandidate(100).setIndependent(100).setExternal(100).setPublicSet(399)
            .setDuplicates(label == 2 ? 3 : 0).setUnused(1));
      }
      for (long image = 0; answer.getImagesCount() < Math.min(24, request.getPageSize()); image++) {
        if (!request.hasLabel() || Pictures.label(image) == request.getLabel()) {
          answer.addImages(ImageEntry.newBuilder().setImageId(image).setLabel(Pictures.label(image)));
        }
      }
      return answer.build();
    });
  }

  @Override
  public void listNearDuplicates(ListNearDuplicatesRequest request, StreamObserver<ListNearDuplicatesResponse> observer) {
    Answers.one(observer, () -> ListNearDuplicatesResponse.newBuilder().setDataset("datasets/fashion").setTotal(1)
        .addPairs(NearDuplicatePair.newBuilder().setImageId(10).setTrainingId(11).setTrainingPart("candidate").setDistance(0.031)).build());
  }

  private static Dataset dataset(Run run) {
    Dataset.Builder dataset = Dataset.newBuilder().setName(run.getName().replace("runs/", "datasets/"))
        .setSpec(run.getSpec().getRegisterDataset()).setRun(run.getName());
    if (run.getState() == Run.State.SUCCEEDED) {
      dataset.setSummary(DatasetSummary.newBuilder().setImages(dataset.getSpec().hasComposed() ? 4000 : 10_000).setChannels(3).setHeight(32)
          .setWidth(32).addAllClassNames(Pictures.CLASSES).setBoxes(dataset.getSpec().hasComposed())
          .setDigest(World.artifact(run.getName()).substring(10)));
    }
    return dataset.build();
  }

  private static Split split(Run run) {
    CreateSplitSpec spec = run.getSpec().getCreateSplit();
    Split.Builder split = Split.newBuilder().setName(run.getName().replace("runs/", "splits/")).setSpec(spec).setRun(run.getName());
    if (run.getState() == Run.State.SUCCEEDED) {
      split.setSummary(SplitSummary.newBuilder().setDigest(World.artifact(run.getName()).substring(10)).setShared(spec.getShared())
          .setCandidate(spec.getCandidate()).setIndependent(spec.getIndependent()).setExternal(spec.getExternal())
          .setPublicSet(spec.getPublicSet()).setDuplicatesLeftOut(3));
    }
    return split.build();
  }
}
