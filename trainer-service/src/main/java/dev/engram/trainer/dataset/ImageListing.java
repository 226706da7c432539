package dev.engram.trainer.dataset;

import dev.engram.encoders.data.Box;
import dev.engram.encoders.data.ImageSet;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ImageEntry;
import dev.engram.v1.ListImagesRequest;
import dev.engram.v1.ListImagesResponse;
import dev.engram.v1.ObjectBox;
import java.util.stream.LongStream;

/** The images of a data set in its own order, a page at a time. A token is the position after the page, and the class it is of. */
final class ImageListing {
    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 256;
    private static final String TOKEN = "[0-9]{1,9}:(-1|[0-9]{1,9})";

    private final ImageSet images;
    private final long[] classImages;

    ImageListing(ImageSet images) {
        this.images = images;
        this.classImages = new long[images.classNames().size()];
        for (int i = 0; i < images.size(); i++) {
            classImages[images.label(i)]++;
        }
    }

    /** @param violations receives what is wrong; the answer is complete only if nothing was */
    ListImagesResponse page(ListImagesRequest request, FieldViolations violations) {
        int label = request.hasLabel() ? request.getLabel() : -1;
        violations.require(
                !request.hasLabel() || label >= 0 && label < classImages.length,
                "label",
                "must be 0 to %d, is %d".formatted(classImages.length - 1, label));
        violations.require(
                request.getPageSize() >= 0 && request.getPageSize() <= LARGEST_PAGE,
                "page_size",
                "must be 1 to %d, or 0 for %d, is %d".formatted(LARGEST_PAGE, DEFAULT_PAGE, request.getPageSize()));
        String token = request.getPageToken();
        boolean ours = token.isEmpty() || token.matches(TOKEN) && token.endsWith(":" + label);
        violations.require(ours, "page_token", "was not made by this listing");
        if (!violations.isEmpty()) {
            return ListImagesResponse.getDefaultInstance();
        }
        int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
        ListImagesResponse.Builder page = ListImagesResponse.newBuilder()
                .setTotal(label < 0 ? images.size() : classImages[label])
                .addAllClassImages(LongStream.of(classImages).boxed().toList());
        int position = token.isEmpty() ? 0 : Integer.parseInt(token.substring(0, token.indexOf(':')));
        for (; position < images.size(); position++) {
            if (label >= 0 && images.label(position) != label) {
                continue;
            }
            if (page.getImagesCount() == size) {
                return page.setNextPageToken(position + ":" + label).build();
            }
            page.addImages(entry(images, position));
        }
        return page.build();
    }

    /** An image without its pixels. */
    static ImageEntry entry(ImageSet images, int position) {
        return ImageEntry.newBuilder()
                .setImageId(images.id(position))
                .setLabel(images.label(position))
                .setRepeatCount(images.repeatCount(position))
                .addAllBoxes(images.boxes(position).stream().map(ImageListing::box).toList())
                .build();
    }

    private static ObjectBox box(Box box) {
        return ObjectBox.newBuilder()
                .setXmin(box.xmin())
                .setYmin(box.ymin())
                .setXmax(box.xmax())
                .setYmax(box.ymax())
                .build();
    }
}
