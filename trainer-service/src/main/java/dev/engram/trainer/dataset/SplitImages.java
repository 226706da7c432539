package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.InvalidSplitException;
import dev.engram.encoders.data.Split;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStateException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.DataLossException;
import dev.engram.store.Store;
import dev.engram.store.artifact.Artifact;
import dev.engram.store.artifact.RecentlyRead;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.v1.ListNearDuplicatesRequest;
import dev.engram.v1.ListNearDuplicatesResponse;
import dev.engram.v1.ListSplitImagesRequest;
import dev.engram.v1.ListSplitImagesResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The images of splits, part by part. Keeps the {@value #KEPT} splits used last. Thread-safe. */
public final class SplitImages {
    private static final int KEPT = 4;
    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 256;

    private final Store store;
    private final Resources resources;
    private final PictureService pictures;
    private final RecentlyRead<SplitPlaces> read = new RecentlyRead<>(KEPT);

    /** @param pictures whose data sets are shared */
    public SplitImages(Store store, PictureService pictures) {
        this.store = Objects.requireNonNull(store, "store");
        this.pictures = Objects.requireNonNull(pictures, "pictures");
        this.resources = new Resources(store.catalogue());
    }

    /**
     * A page of the images of one part.
     *
     * @throws InvalidRunException with every field that is wrong
     * @throws dev.engram.store.ObjectNotFoundException if there is no such split
     * @throws RunStateException until it has been made
     */
    public ListSplitImagesResponse images(ListSplitImagesRequest request) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("splits", request.getSplit(), "split", violations);
        String part = request.getPart().isEmpty() ? SplitPlace.CANDIDATE.key() : request.getPart();
        violations.require(
                SplitPlace.ofKey(part).isPresent(), "part", "must be one of %s, is \"%s\"".formatted(SplitPlace.keys(), part));
        int size = pageSize(request.getPageSize(), violations);
        String listing = part + ":" + (request.hasLabel() ? request.getLabel() : "");
        int from = place(listing, request.getPageToken(), violations);
        refuse(violations);
        Opened opened = open(request.getSplit());
        ImageSet images = opened.images.images();
        violations.require(
                !request.hasLabel() || request.getLabel() >= 0 && request.getLabel() < images.classNames().size(),
                "label",
                "must be 0 to %d, is %d".formatted(images.classNames().size() - 1, request.getLabel()));
        refuse(violations);
        SplitPlace wanted = SplitPlace.ofKey(part).orElseThrow();
        ListSplitImagesResponse.Builder page = ListSplitImagesResponse.newBuilder()
                .setDataset(opened.dataset)
                .addAllClasses(opened.places.classes(images));
        int matching = 0;
        for (int i = 0; i < images.size(); i++) {
            if (opened.places.places()[i] != wanted || request.hasLabel() && images.label(i) != request.getLabel()) {
                continue;
            }
            if (matching >= from && page.getImagesCount() < size) {
                page.addImages(ImageListing.entry(images, i));
            }
            matching++;
        }
        return page.setTotal(matching).setNextPageToken(next(listing, from, size, matching)).build();
    }

    /** A page of the public images near a training image; refused as {@link #images}. */
    public ListNearDuplicatesResponse nearDuplicates(ListNearDuplicatesRequest request) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("splits", request.getSplit(), "split", violations);
        int size = pageSize(request.getPageSize(), violations);
        int from = place("near", request.getPageToken(), violations);
        refuse(violations);
        Opened opened = open(request.getSplit());
        int total = opened.places.near().size();
        return ListNearDuplicatesResponse.newBuilder()
                .setDataset(opened.dataset)
                .addAllPairs(opened.places.near().subList(Math.min(from, total), Math.min(from + size, total)))
                .setTotal(total)
                .setNextPageToken(next("near", from, size, total))
                .build();
    }

    private record Opened(String dataset, Pictures images, SplitPlaces places) {}

    private Opened open(String split) {
        RunRecord run = resources.maker(split);
        String dataset = RunSpecs.parse(run.spec()).getCreateSplit().getDataset();
        String artifact = store.catalogue().artifacts()
                .madeBy(run.id(), "split")
                .orElseThrow(() -> new RunStateException("%s is not ready: its run is %s".formatted(split, run.state())));
        Pictures images = pictures.pictures(dataset);
        return new Opened(dataset, images, read.get(artifact, id -> places(store.artifacts().open(id), images.images())));
    }

    private static SplitPlaces places(Artifact artifact, ImageSet images) {
        try {
            return SplitPlaces.of(
                    images,
                    Split.fromJson(artifact.bytes(Split.FILE_NAME)),
                    text(artifact, DuplicatesReport.FILE_NAME),
                    text(artifact, NearDuplicateSearch.FILE_NAME));
        } catch (InvalidSplitException | NumberFormatException | IndexOutOfBoundsException e) {
            throw DataLossException.unreadable("artifacts/" + artifact.id(), e.getMessage());
        }
    }

    /** Empty if there is no such file. */
    private static String text(Artifact artifact, String file) {
        return artifact.manifest().files().stream().anyMatch(one -> one.name().equals(file))
                ? new String(artifact.bytes(file), StandardCharsets.UTF_8)
                : "";
    }

    private static int pageSize(int asked, FieldViolations violations) {
        violations.require(
                asked >= 0 && asked <= LARGEST_PAGE,
                "page_size",
                "must be 1 to %d, or 0 for %d, is %d".formatted(LARGEST_PAGE, DEFAULT_PAGE, asked));
        return asked == 0 ? DEFAULT_PAGE : asked;
    }

    private static int place(String listing, String token, FieldViolations violations) {
        boolean ours = token.isEmpty() || token.startsWith(listing + "@") && token.substring(listing.length() + 1).matches("[0-9]{1,9}");
        violations.require(ours, "page_token", "was not made by this listing");
        return token.isEmpty() || !ours ? 0 : Integer.parseInt(token.substring(listing.length() + 1));
    }

    private static String next(String listing, int from, int size, int total) {
        return from + size < total ? listing + "@" + (from + size) : "";
    }

    private static void refuse(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }
}
