package dev.engram.metrics.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.task.ImageRow;
import dev.engram.metrics.task.ImageTable;
import dev.engram.v1.ImageLayerScore;
import dev.engram.v1.ListImageScoresRequest;
import dev.engram.v1.ListImageScoresResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerImagesTest {
    private static final String HEADER = "image,subset,layer,point,ssl_f,ssl_g,sslmem_unnormalized,sslmem,degenerate\n";
    private static final LayerImages IMAGES = new LayerImages("fc", List.of(
            row(7, "candidate", 0.5), row(3, "candidate", 0.5), row(9, "external", 0.7), row(1, "candidate", -0.2),
            new ImageRow(4, "candidate", 0, 0, 0, true)));

    @TempDir
    Path folder;

    @Test
    void mostMemorizedFirstAndEqualScoresById() {
        assertEquals(List.of(9L, 3L, 7L, 4L, 1L), ids(page(ListImageScoresRequest.newBuilder().build(), 0, 10)));
        ListImageScoresResponse candidates = page(
                ListImageScoresRequest.newBuilder().setSubset("candidate").setLeastFirst(true).build(), 0, 10);
        assertEquals(List.of(1L, 4L, 3L, 7L), ids(candidates));
        assertEquals(4, candidates.getTotal());
        assertEquals(1, candidates.getDegenerate());
        assertEquals("fc", candidates.getLayer());
    }

    @Test
    void pagesMeetWithoutGapOrOverlap() {
        ListImageScoresRequest request = ListImageScoresRequest.getDefaultInstance();
        List<Long> all = new ArrayList<>();
        String token = "";
        do {
            int place = PageTokens.place(token, LayerImages.listing(request, "fc")).orElseThrow();
            ListImageScoresResponse answer = page(request, place, 2);
            all.addAll(ids(answer));
            token = answer.getNextPageToken();
        } while (!token.isEmpty());
        assertEquals(ids(page(request, 0, 10)), all);
    }

    @Test
    void aTokenOfAnotherListingGoesNowhere() {
        ListImageScoresRequest most = ListImageScoresRequest.getDefaultInstance();
        String token = page(most, 0, 2).getNextPageToken();
        assertEquals(OptionalInt.of(2), PageTokens.place(token, LayerImages.listing(most, "fc")));
        ListImageScoresRequest least = most.toBuilder().setLeastFirst(true).build();
        assertEquals(OptionalInt.empty(), PageTokens.place(token, LayerImages.listing(least, "fc")));
        assertEquals(OptionalInt.empty(), PageTokens.place(token, LayerImages.listing(most, "conv1")));
        assertEquals(OptionalInt.empty(), PageTokens.place("~", LayerImages.listing(most, "fc")));
    }

    @Test
    void onlyTheLayerAskedForIsRead() throws Exception {
        Path file = folder.resolve("images.csv");
        Files.writeString(file, HEADER + "5,shared,conv1,conv,0.1,0.3,0.2,0.5,false\n5,shared,fc,head,0.25,0.75,0.5,0.5,false\n");
        assertEquals(List.of(new ImageRow(5, "shared", 0.25, 0.75, 0.5, false)), ImageTable.read(file, "fc"));
    }

    @Test
    void aDamagedRowIsNamed() throws Exception {
        Path file = folder.resolve("damaged.csv");
        Files.writeString(file, HEADER + "5,shared,fc,head,0.1,0.3,0.2,0.5,false\n5,shared,fc,head,oops,0.3,0.2,0.5,false\n");
        String message = assertThrows(IllegalArgumentException.class, () -> ImageTable.read(file, "fc")).getMessage();
        assertTrue(message.startsWith("images.csv: line 3 cannot be read"), message);
        Files.writeString(file, "image\n");
        assertThrows(IllegalArgumentException.class, () -> ImageTable.read(file, "fc"));
    }

    @Test
    void theWholeTable() throws Exception {
        List<MeasuredLayer> layers = List.of(new MeasuredLayer("conv1", "conv", 1), new MeasuredLayer("fc", "head", 1));
        Path file = folder.resolve("whole.csv");
        String rows = "5,shared,conv1,conv,0.1,0.3,0.2,0.5,false\n5,shared,fc,head,0.25,0.75,0.5,0.5,false\n"
                + "2,candidate,conv1,conv,0.0,0.0,0.0,0.0,true\n2,candidate,fc,head,0.5,0.5,0.0,0.0,false\n";
        Files.writeString(file, HEADER + rows);
        SslMemTable table = ImageTable.read(file, layers);
        assertArrayEquals(new int[] {5, 2}, table.imageIds());
        assertArrayEquals(new String[] {"shared", "candidate"}, table.subsets());
        assertEquals(0.5, table.at(1, 0).score());
        assertTrue(table.at(0, 1).degenerate());
        Files.writeString(file, HEADER + rows.substring(0, rows.lastIndexOf("2,candidate,fc")));
        String cut = assertThrows(IllegalArgumentException.class, () -> ImageTable.read(file, layers)).getMessage();
        assertTrue(cut.contains("ends within image 2"), cut);
        Files.writeString(file, HEADER + rows.replace("2,candidate,fc", "3,candidate,fc"));
        String mixed = assertThrows(IllegalArgumentException.class, () -> ImageTable.read(file, layers)).getMessage();
        assertTrue(mixed.contains("line 5") && mixed.contains("image 2 was expected, found 3"), mixed);
    }

    private static ListImageScoresResponse page(ListImageScoresRequest request, int from, int size) {
        return IMAGES.page(request, from, size);
    }

    private static List<Long> ids(ListImageScoresResponse answer) {
        return answer.getImagesList().stream().map(ImageLayerScore::getImageId).toList();
    }

    private static ImageRow row(int image, String subset, double score) {
        return new ImageRow(image, subset, 1 - score, 1 + score, score, false);
    }
}
