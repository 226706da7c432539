package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.inputs.AugmentationRules;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Augmentation;
import dev.engram.v1.GaussianBlur;
import dev.engram.v1.PreviewViewsRequest;
import dev.engram.v1.PreviewViewsResponse;
import dev.engram.v1.PreviewedView;
import dev.engram.v1.ViewGroup;
import dev.engram.v1.ViewRecipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ViewPreviewTest {
    private static final int SIDE = 16;
    private static final ImageSet IMAGES = images();
    private static final Augmentation MULTI_CROP = multiCrop();

    /** Two large views and two small ones of each image, compared with what the training loop would be given. */
    @Test
    void theViewsAreThoseThatTrainingDraws() throws IOException {
        PreviewViewsRequest request = request(7, 8).setSeed(5).setEpoch(2).build();
        PreviewViewsResponse preview = preview(request, "");
        AugmentationRecipe recipe = AugmentationRules.recipe(MULTI_CROP, "augmentation", new FieldViolations())
                .orElseThrow()
                .with(new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));
        try (AugmentedViews training = new AugmentedViews(IMAGES, recipe, SIDE, 5, "train");
                Scope scope = Scope.open()) {
            List<Tensor> groups = training.groups(scope, new int[] {0, 1}, 2);
            for (int image = 0; image < 2; image++) {
                assertEquals(4, preview.getImages(image).getViewsCount());
                for (PreviewedView view : preview.getImages(image).getViewsList()) {
                    int side = view.getGroup() == 0 ? SIDE : 8;
                    close(groups.get(view.getGroup()).floats(), (view.getView() * 2 + image) * 3 * side * side, side, view);
                }
            }
        }
    }

    @Test
    void theSameSeedIsTheSamePicture() {
        PreviewViewsRequest request = request(7).setSeed(5).build();
        assertEquals(preview(request, ""), preview(request, ""));
        assertNotEquals(preview(request, ""), preview(request.toBuilder().setSeed(6).build(), ""));
        assertNotEquals(preview(request, ""), preview(request.toBuilder().setEpoch(1).build(), ""));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        PreviewViewsRequest request = PreviewViewsRequest.newBuilder()
                .setEpoch(-1)
                .setAugmentation(Augmentation.newBuilder().addGroups(ViewGroup.newBuilder().setViews(1)
                        .addRecipes(ViewRecipe.newBuilder().setGrayscale(2))))
                .build();
        FieldViolations violations = new FieldViolations();
        ViewPreview.of(request, violations);
        assertEquals(
                List.of("image_ids", "epoch", "augmentation.groups[0].recipes[0]"),
                violations.list().stream().map(violation -> violation.getField()).toList());
        preview(request(7, 9).build(), "image_ids[1]: images has no image 9");
        preview(
                request(7).setAugmentation(MULTI_CROP.toBuilder().setGroups(0, MULTI_CROP.getGroups(0).toBuilder().setSide(1024))).build(),
                "image_ids: come to 2,097,280 pixels of views; at most 1,000,000 are drawn: take fewer images");
        preview(
                request(7).setAugmentation(MULTI_CROP.toBuilder().setGroups(1, MULTI_CROP.getGroups(1).toBuilder().setRecipes(0, ViewRecipe.newBuilder()
                        .setBlur(GaussianBlur.newBuilder().setProbability(1).setMinSigma(1).setMaxSigma(1).setKernel(23))))).build(),
                "augmentation: blur: kernel 23 needs images larger than 11 pixels");
    }

    private static void close(float[] views, int from, int side, PreviewedView view) throws IOException {
        BufferedImage picture = ImageIO.read(view.getPng().newInput());
        assertEquals(side, picture.getWidth());
        for (int i = 0; i < 3 * side * side; i++) {
            int channel = i / (side * side);
            int shown = picture.getRGB(i % side, i / side % side) >> 8 * (2 - channel) & 0xFF;
            assertEquals(Math.clamp(255 * views[from + i], 0, 255), shown, 0.51, "value " + i);
        }
    }

    private static PreviewViewsResponse preview(PreviewViewsRequest request, String problems) {
        FieldViolations violations = new FieldViolations();
        PreviewViewsResponse response = ViewPreview.of(request, violations).orElseThrow().views(new Pictures(IMAGES), violations);
        assertEquals(problems, violations.toString());
        return response;
    }

    private static PreviewViewsRequest.Builder request(long... ids) {
        PreviewViewsRequest.Builder request = PreviewViewsRequest.newBuilder().setDataset("datasets/x").setAugmentation(MULTI_CROP);
        for (long id : ids) {
            request.addImageIds(id);
        }
        return request;
    }

    private static Augmentation multiCrop() {
        Augmentation simclr = AugmentationMessages.message(AugmentationRecipe.named("simclr-normal"));
        ViewGroup large = simclr.getGroups(0).toBuilder().setViews(2).build();
        return simclr.toBuilder().clearGroups().addGroups(large).addGroups(large.toBuilder().setSide(8)).build();
    }

    private static ImageSet images() {
        Random random = new Random(1);
        ImageSetBuilder builder = new ImageSetBuilder("images", new ImageShape(3, SIDE, SIDE), List.of("a"), 2);
        for (int id : new int[] {7, 8}) {
            byte[] pixels = new byte[3 * SIDE * SIDE];
            random.nextBytes(pixels);
            builder.add(pixels, 0, id, List.of());
        }
        return builder.build();
    }
}
