package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.Resources;
import dev.engram.runs.RunStateException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.DataLossException;
import dev.engram.store.Store;
import dev.engram.store.artifact.RecentlyRead;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.ResultFiles;
import dev.engram.v1.BatchGetImagesRequest;
import dev.engram.v1.BatchGetImagesResponse;
import dev.engram.v1.ListImagesRequest;
import dev.engram.v1.ListImagesResponse;
import dev.engram.v1.PreviewViewsRequest;
import dev.engram.v1.PreviewViewsResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/** Pictures of images of data sets that are ready. Keeps the {@value #KEPT} sets used last mapped into memory. Thread-safe. */
public final class PictureService {
    private static final int MOST_IMAGES = 256;
    private static final int KEPT = 4;

    private final Store store;
    private final Resources resources;
    private final ResultFiles files;
    private final RecentlyRead<Pictures> open = new RecentlyRead<>(KEPT);

    public PictureService(Store store, ResultFiles files) {
        this.store = Objects.requireNonNull(store, "store");
        this.files = Objects.requireNonNull(files, "files");
        this.resources = new Resources(store.catalogue());
    }

    /**
     * @throws InvalidRunException with every field that is wrong
     * @throws RunStateException if the data set is not ready
     */
    public BatchGetImagesResponse images(BatchGetImagesRequest request) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("datasets", request.getDataset(), "dataset", violations);
        violations.require(request.getImageIdsCount() > 0, "image_ids", "is required");
        violations.require(
                request.getImageIdsCount() <= MOST_IMAGES,
                "image_ids",
                "must be at most %d, are %d".formatted(MOST_IMAGES, request.getImageIdsCount()));
        refuse(violations);
        Pictures pictures = pictures(request.getDataset());
        var images = pictures.of(request.getImageIdsList(), request.getCrop(), violations);
        refuse(violations);
        return BatchGetImagesResponse.newBuilder().addAllImages(images).build();
    }

    /**
     * A page of the images of a data set, without their pixels.
     *
     * @throws InvalidRunException with every field that is wrong
     * @throws RunStateException if the data set is not ready
     */
    public ListImagesResponse list(ListImagesRequest request) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("datasets", request.getDataset(), "dataset", violations);
        refuse(violations);
        ListImagesResponse page = pictures(request.getDataset()).listing().page(request, violations);
        refuse(violations);
        return page;
    }

    /**
     * Views of single images, drawn on the heap as a training would draw them.
     *
     * @throws InvalidRunException with every field that is wrong
     * @throws RunStateException if the data set is not ready
     */
    public PreviewViewsResponse preview(PreviewViewsRequest request) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("datasets", request.getDataset(), "dataset", violations);
        Optional<ViewPreview> preview = ViewPreview.of(request, violations);
        refuse(violations);
        PreviewViewsResponse views = preview.orElseThrow().views(pictures(request.getDataset()), violations);
        refuse(violations);
        return views;
    }

    private static void refuse(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }

    /** The data set of this name, ready to be looked at. */
    Pictures pictures(String dataset) {
        RunRecord run = resources.maker(dataset);
        String artifact = files.artifact(run.id(), "dataset")
                .orElseThrow(() -> new RunStateException(dataset + " is not ready: its run is " + run.state()));
        return open.get(artifact, this::open);
    }

    private Pictures open(String artifact) {
        try {
            return new Pictures(ImageSetFile.open(store.artifacts().open(artifact).file(ImageSetFile.FILE_NAME)));
        } catch (CorruptFileException e) {
            throw DataLossException.unreadable("artifacts/" + artifact, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("artifacts/" + artifact + " cannot be read", e);
        }
    }
}
