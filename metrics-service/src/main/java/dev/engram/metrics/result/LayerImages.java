package dev.engram.metrics.result;

import dev.engram.metrics.task.ImageRow;
import dev.engram.v1.ImageLayerScore;
import dev.engram.v1.ListImageScoresRequest;
import dev.engram.v1.ListImageScoresResponse;
import java.util.Comparator;
import java.util.List;

/**
 * The scores of all images at one layer, in pages: most memorized first, or least; equal scores by image id.
 *
 * @param layer the row of the result
 * @param rows in any order
 */
record LayerImages(String layer, List<ImageRow> rows) {

    /** What a page token of this listing belongs to. */
    static String listing(ListImageScoresRequest request, String layer) {
        return (request.getLeastFirst() ? "least" : "most") + ":" + request.getSubset() + ":" + layer;
    }

    ListImageScoresResponse page(ListImageScoresRequest request, int from, int size) {
        Comparator<ImageRow> byScore = Comparator.comparingDouble(ImageRow::score);
        List<ImageRow> listed = rows.stream()
                .filter(row -> request.getSubset().isEmpty() || row.subset().equals(request.getSubset()))
                .sorted((request.getLeastFirst() ? byScore : byScore.reversed()).thenComparing(ImageRow::image))
                .toList();
        int end = (int) Math.min(listed.size(), (long) from + size);
        ListImageScoresResponse.Builder page = ListImageScoresResponse.newBuilder()
                .setLayer(layer)
                .setTotal(listed.size())
                .setDegenerate((int) listed.stream().filter(ImageRow::degenerate).count());
        listed.subList(Math.min(from, end), end).forEach(row -> page.addImages(message(row)));
        if (end < listed.size()) {
            page.setNextPageToken(PageTokens.of(end, listing(request, layer)));
        }
        return page.build();
    }

    private static ImageLayerScore message(ImageRow row) {
        return ImageLayerScore.newBuilder()
                .setImageId(row.image())
                .setSubset(row.subset())
                .setScore(row.score())
                .setDistanceF(row.distanceF())
                .setDistanceG(row.distanceG())
                .setDegenerate(row.degenerate())
                .build();
    }
}
