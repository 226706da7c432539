package dev.engram.trainer.dataset;

import com.google.protobuf.ByteString;
import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.ViewGroup;
import dev.engram.encoders.augment.ViewPicture;
import dev.engram.encoders.augment.ViewSampler;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.Png;
import dev.engram.inputs.AugmentationRules;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.PreviewViewsRequest;
import dev.engram.v1.PreviewViewsResponse;
import dev.engram.v1.PreviewedImage;
import dev.engram.v1.PreviewedView;
import java.util.Optional;

/** Views of single images for looking at: the draws are those of a training of the same seed, purpose and epoch. */
final class ViewPreview {
    private static final int MOST_IMAGES = 16;
    private static final long MOST_PIXELS = 1_000_000;
    /** As training calls its views. */
    private static final String PURPOSE = "train";

    private final PreviewViewsRequest request;
    private final AugmentationRecipe recipe;

    private ViewPreview(PreviewViewsRequest request, AugmentationRecipe recipe) {
        this.request = request;
        this.recipe = recipe;
    }

    /**
     * @param violations receives everything that is wrong with the request by itself
     * @return empty if the augmentation will not do
     */
    static Optional<ViewPreview> of(PreviewViewsRequest request, FieldViolations violations) {
        int images = request.getImageIdsCount();
        violations.require(
                images >= 1 && images <= MOST_IMAGES, "image_ids", "must be 1 to %d, are %d".formatted(MOST_IMAGES, images));
        violations.require(request.getEpoch() >= 0, "epoch", "must be at least 0, is " + request.getEpoch());
        violations.require(request.hasAugmentation(), "augmentation", "is required");
        return request.hasAugmentation()
                ? AugmentationRules.recipe(request.getAugmentation(), "augmentation", violations)
                        .map(recipe -> new ViewPreview(request, recipe))
                : Optional.empty();
    }

    /** @param violations receives images that are not in the set, and views that are too many or too small for their blur */
    PreviewViewsResponse views(Pictures pictures, FieldViolations violations) {
        ImageSet images = pictures.images();
        int side = images.shape().height();
        long pixels = recipe.groups().stream().mapToLong(group -> (long) group.views() * group.side(side) * group.side(side)).sum()
                * request.getImageIdsCount();
        violations.require(
                pixels <= MOST_PIXELS,
                "image_ids",
                "come to %,d pixels of views; at most %,d are drawn: take fewer images".formatted(pixels, MOST_PIXELS));
        for (int i = 0; i < request.getImageIdsCount(); i++) {
            violations.require(
                    pictures.index(request.getImageIds(i)) != null,
                    "image_ids[%d]".formatted(i),
                    "%s has no image %d".formatted(images.name(), request.getImageIds(i)));
        }
        PreviewViewsResponse.Builder response = PreviewViewsResponse.newBuilder();
        if (!violations.isEmpty()) {
            return response.build();
        }
        try {
            request.getImageIdsList().forEach(id -> response.addImages(image(images, pictures.index(id), side)));
        } catch (IllegalArgumentException e) {
            violations.add("augmentation", e.getMessage());
        }
        return response.build();
    }

    private PreviewedImage image(ImageSet images, int index, int side) {
        Picture picture = images.picture(index);
        PreviewedImage.Builder image = PreviewedImage.newBuilder()
                .setImageId(images.id(index))
                .setPng(ByteString.copyFrom(Png.encode(picture)));
        int first = 0;
        for (int g = 0; g < recipe.groups().size(); g++) {
            ViewGroup group = recipe.groups().get(g);
            ViewSampler sampler = new ViewSampler(group, group.side(side), request.getSeed(), PURPOSE);
            for (int view = 0; view < group.views(); view++) {
                Picture drawn = ViewPicture.of(picture, group.side(side), sampler.draw(
                        request.getEpoch(), images.id(index), first + view, view, picture.height(), picture.width()));
                image.addViews(PreviewedView.newBuilder()
                        .setGroup(g)
                        .setView(view)
                        .setPng(ByteString.copyFrom(Png.encode(drawn))));
            }
            first += group.views();
        }
        return image.build();
    }
}
