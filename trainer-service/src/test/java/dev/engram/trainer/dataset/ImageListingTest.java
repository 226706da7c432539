package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.data.Box;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ImageEntry;
import dev.engram.v1.ListImagesRequest;
import dev.engram.v1.ListImagesResponse;
import dev.engram.v1.ObjectBox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageListingTest {
    private static final ImageListing LISTING = new ImageListing(images());

    @Test
    void pagesGoThroughTheSetInItsOrder() {
        assertEquals(List.of(50_000L, 50_001L, 50_002L, 50_003L, 50_004L), all(ListImagesRequest.newBuilder().setPageSize(2).build()));
        ListImagesResponse page = page(ListImagesRequest.getDefaultInstance(), "");
        assertEquals(5, page.getTotal());
        assertEquals(List.of(3L, 2L, 0L), page.getClassImagesList());
        assertEquals("", page.getNextPageToken());
    }

    @Test
    void oneClassIsListedByItself() {
        ListImagesRequest second = ListImagesRequest.newBuilder().setLabel(1).setPageSize(1).build();
        assertEquals(List.of(50_001L, 50_003L), all(second));
        ListImagesResponse page = page(second, "");
        assertEquals(2, page.getTotal());
        assertEquals(ObjectBox.newBuilder().setXmin(1).setYmin(2).setXmax(3).setYmax(4).build(), page.getImages(0).getBoxes(0));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        FieldViolations violations = new FieldViolations();
        LISTING.page(ListImagesRequest.newBuilder().setLabel(3).setPageSize(257).setPageToken("2:1").build(), violations);
        assertEquals(
                "label: must be 0 to 2, is 3\npage_size: must be 1 to 256, or 0 for 100, is 257\npage_token: was not made by this listing",
                violations.toString());
    }

    private static List<Long> all(ListImagesRequest request) {
        List<Long> ids = new ArrayList<>();
        String token = "";
        do {
            ListImagesResponse page = page(request, token);
            page.getImagesList().stream().map(ImageEntry::getImageId).forEach(ids::add);
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return ids;
    }

    private static ListImagesResponse page(ListImagesRequest request, String token) {
        FieldViolations violations = new FieldViolations();
        ListImagesResponse page = LISTING.page(request.toBuilder().setPageToken(token).build(), violations);
        assertEquals("", violations.toString());
        return page;
    }

    private static ImageSet images() {
        ImageSetBuilder set = new ImageSetBuilder("five", new ImageShape(3, 8, 8), List.of("a", "b", "c"), 5);
        for (int i = 0; i < 5; i++) {
            set.add(new byte[192], i % 2, 50_000 + i, i % 2 == 0 ? List.of() : List.of(new Box(1, 2, 3, 4)));
        }
        return set.build();
    }
}
