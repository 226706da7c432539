package dev.engram.encoders.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.Box;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeripheryCropTest {

    /** Results of the published attack's own function on these boxes; boxes are xmin ymin xmax ymax, crops x0 x1 y0 y1. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            500 375 | 0 0 500 375                       | none
            500 375 | 200 100 400 300                   | 0 200 0 375
            500 375 | 101 0 500 375                     | 0 101 0 375
            500 375 | 100 0 500 375                     | none
            500 375 | 50 120 150 300; 250 50 450 200    | 250 450 200 375
            500 375 | 150 150 510 375                   | none
            500 375 | 0 150 500 260                     | 0 500 0 150
            500 375 | 10 200 490 375; 10 10 490 80      | 10 490 80 200
            600 400 | 0 0 120 400; 120 200 240 400      | 240 600 0 400
            600 400 | 100 150 200 400; 200 150 300 400  | 300 600 0 400
            500 375 | 0 130 500 400                     | 0 500 0 130
            """)
    void agreesWithThePublishedAttack(String size, String boxes, String expected) {
        int[] image = numbers(size);
        List<Box> objects = Arrays.stream(boxes.split(";"))
                .map(PeripheryCropTest::numbers)
                .map(box -> new Box(box[0], box[1], box[2], box[3]))
                .toList();
        Optional<CropRectangle> patch = expected == null
                ? Optional.empty()
                : Optional.of(numbers(expected)).map(crop -> new CropRectangle(crop[2], crop[0], crop[3] - crop[2], crop[1] - crop[0]));
        assertEquals(patch, new PeripheryCrop(100).patch(image[0], image[1], objects));
    }

    /** Boxes on a coarse grid, so that edges, stretches and sides are often equal; some leave the image at the right or below. */
    @Test
    void isThatOfThePublishedLoopAlsoAmongEquals() {
        RandomStream draws = StatelessRandom.of(2, "boxes").at(0, 0, 0);
        int found = 0;
        for (int trial = 0; trial < 3000; trial++) {
            List<Box> boxes = new ArrayList<>();
            for (int i = 0; i <= draws.uniformInt(4); i++) {
                int x = 5 * draws.uniformInt(8);
                int y = 5 * draws.uniformInt(8);
                boxes.add(new Box(x, y, x + 5 + 5 * draws.uniformInt(4), y + 5 + 5 * draws.uniformInt(4)));
            }
            Optional<CropRectangle> expected = published(45, 40, boxes, 5);
            assertEquals(expected, new PeripheryCrop(5).patch(45, 40, boxes), boxes.toString());
            found += expected.isPresent() ? 1 : 0;
        }
        assertTrue(found > 1000 && found < 2900, "both answers are asked for: " + found);
    }

    /** The published search as it is described: strips between sorted edges, merged intervals, a stable sort by the shorter side, the last. */
    private static Optional<CropRectangle> published(int width, int height, List<Box> boxes, int minSide) {
        List<Integer> xs = new ArrayList<>();
        boxes.forEach(box -> xs.addAll(List.of(box.xmin(), box.xmax())));
        xs.sort(null);
        if (xs.getFirst() > 0) {
            xs.addFirst(0);
        }
        if (xs.getLast() < width) {
            xs.add(width);
        }
        if (xs.getLast() > width) {
            return Optional.empty();
        }
        List<int[]> candidates = new ArrayList<>();
        for (int i = 0; i + 1 < xs.size(); i++) {
            int x0 = xs.get(i);
            int x1 = xs.get(i + 1);
            List<int[]> merged = new ArrayList<>();
            boxes.stream()
                    .filter(box -> Math.min(box.xmax(), x1) - Math.max(box.xmin(), x0) > 0)
                    .map(box -> new int[] {box.ymin(), box.ymax()})
                    .sorted((a, b) -> a[0] != b[0] ? Integer.compare(a[0], b[0]) : Integer.compare(a[1], b[1]))
                    .forEach(next -> {
                        if (!merged.isEmpty() && next[0] <= merged.getLast()[1]) {
                            merged.getLast()[1] = Math.max(merged.getLast()[1], next[1]);
                        } else {
                            merged.add(next);
                        }
                    });
            merged.addFirst(new int[] {0, 0});
            merged.add(new int[] {height, height});
            for (int j = 0; j + 1 < merged.size(); j++) {
                int y0 = merged.get(j)[1];
                int y1 = merged.get(j + 1)[0];
                if (y1 > y0 && x1 > x0) {
                    candidates.add(new int[] {Math.min(x1 - x0, y1 - y0), x0, y0, x1, y1});
                }
            }
        }
        candidates.sort((a, b) -> Integer.compare(a[0], b[0]));
        return candidates.isEmpty() || candidates.getLast()[0] <= minSide
                ? Optional.empty()
                : Optional.of(candidates.getLast()).map(best -> new CropRectangle(best[2], best[1], best[4] - best[2], best[3] - best[1]));
    }

    @Test
    void neverTouchesABox() {
        RandomStream draws = StatelessRandom.of(1, "boxes").at(0, 0, 0);
        for (int trial = 0; trial < 500; trial++) {
            List<Box> boxes = new ArrayList<>();
            for (int i = 0; i <= draws.uniformInt(4); i++) {
                int x = draws.uniformInt(60);
                int y = draws.uniformInt(60);
                boxes.add(new Box(x, y, x + 1 + draws.uniformInt(64 - x), y + 1 + draws.uniformInt(64 - y)));
            }
            new PeripheryCrop(0).patch(64, 64, boxes).ifPresent(crop -> {
                Box patch = new Box(crop.left(), crop.top(), crop.left() + crop.width(), crop.top() + crop.height());
                boxes.forEach(box -> assertFalse(patch.intersects(box), patch + " touches " + box));
                assertTrue(patch.xmax() <= 64 && patch.ymax() <= 64, patch + " leaves the image");
            });
        }
    }

    @Test
    void knowsNoBackgroundOfAnImageWithoutBoxes() {
        assertEquals(Optional.empty(), new PeripheryCrop(0).patch(64, 64, List.of()));
    }

    @Test
    void ofAnOblongPatchTheCentralSquareIsSeen() {
        assertEquals(new CropRectangle(10, 25, 6, 6), PeripheryCrop.centralSquare(new CropRectangle(10, 20, 6, 17)));
        ImageSet image = new ImageSetBuilder("one", new ImageShape(1, 8, 10), List.of("a"), 1)
                .add(new byte[80], 0, 0, List.of(new Box(4, 0, 10, 8)))
                .build();
        assertEquals(Optional.of(new CropRectangle(2, 0, 4, 4)), PeripheryCrop.over(image.shape()).seen(image, 0));
        assertEquals(Optional.empty(), new PeripheryCrop(4).seen(image, 0));
    }

    @Test
    void refusesANegativeSide() {
        assertThrows(IllegalArgumentException.class, () -> new PeripheryCrop(-1));
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.trim().split(" ")).mapToInt(Integer::parseInt).toArray();
    }
}
