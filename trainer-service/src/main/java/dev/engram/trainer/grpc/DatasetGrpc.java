package dev.engram.trainer.grpc;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.Answers;
import dev.engram.store.Store;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.dataset.Datasets;
import dev.engram.trainer.dataset.PictureService;
import dev.engram.trainer.dataset.SplitImages;
import dev.engram.trainer.dataset.Splits;
import dev.engram.v1.BatchGetImagesRequest;
import dev.engram.v1.BatchGetImagesResponse;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.Dataset;
import dev.engram.v1.DatasetService;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.GetSplitRequest;
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
import dev.engram.v1.PreviewViewsRequest;
import dev.engram.v1.PreviewViewsResponse;
import dev.engram.v1.Split;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Data sets, splits and pictures. */
@GrpcService
public class DatasetGrpc implements DatasetService {
    private final Datasets datasets;
    private final Splits splits;
    private final PictureService pictures;
    private final SplitImages splitImages;

    DatasetGrpc(Store store, RunSubmission submission) {
        ResultFiles files = new ResultFiles(store);
        this.datasets = new Datasets(store, submission, files);
        this.splits = new Splits(store, submission, files);
        this.pictures = new PictureService(store, files);
        this.splitImages = new SplitImages(store, pictures);
    }

    @Override
    public Uni<Dataset> createDataset(CreateDatasetRequest request) {
        return Answers.by(() -> datasets.create(request));
    }

    @Override
    public Uni<Dataset> getDataset(GetDatasetRequest request) {
        return Answers.by(() -> datasets.get(request.getName()));
    }

    @Override
    public Uni<ListDatasetsResponse> listDatasets(ListDatasetsRequest request) {
        return Answers.by(() -> datasets.list(request));
    }

    @Override
    public Uni<BatchGetImagesResponse> batchGetImages(BatchGetImagesRequest request) {
        return Answers.by(() -> pictures.images(request));
    }

    @Override
    public Uni<PreviewViewsResponse> previewViews(PreviewViewsRequest request) {
        return Answers.by(() -> pictures.preview(request));
    }

    @Override
    public Uni<ListImagesResponse> listImages(ListImagesRequest request) {
        return Answers.by(() -> pictures.list(request));
    }

    @Override
    public Uni<Split> createSplit(CreateSplitRequest request) {
        return Answers.by(() -> splits.create(request));
    }

    @Override
    public Uni<Split> getSplit(GetSplitRequest request) {
        return Answers.by(() -> splits.get(request.getName()));
    }

    @Override
    public Uni<ListSplitsResponse> listSplits(ListSplitsRequest request) {
        return Answers.by(() -> splits.list(request));
    }

    @Override
    public Uni<ListSplitImagesResponse> listSplitImages(ListSplitImagesRequest request) {
        return Answers.by(() -> splitImages.images(request));
    }

    @Override
    public Uni<ListNearDuplicatesResponse> listNearDuplicates(ListNearDuplicatesRequest request) {
        return Answers.by(() -> splitImages.nearDuplicates(request));
    }

    @Override
    public Uni<ListAugmentationsResponse> listAugmentations(ListAugmentationsRequest request) {
        return Answers.by(() -> ListAugmentationsResponse.newBuilder()
                .addAllAugmentations(AugmentationRecipe.names().stream()
                        .map(name -> AugmentationMessages.message(AugmentationRecipe.named(name)))
                        .toList())
                .build());
    }
}
