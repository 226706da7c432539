package dev.engram.encoders.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.Box;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmptyRectangleTest {

    /** Against every rectangle of the image. */
    @Test
    void isTheBestOfAllRectangles() {
        RandomStream draws = StatelessRandom.of(3, "boxes").at(0, 0, 0);
        for (int trial = 0; trial < 60; trial++) {
            int width = 8 + draws.uniformInt(8);
            int height = 8 + draws.uniformInt(8);
            List<Box> boxes = new ArrayList<>();
            for (int i = 0; i <= draws.uniformInt(5); i++) {
                int x = draws.uniformInt(width - 1);
                int y = draws.uniformInt(height - 1);
                boxes.add(new Box(x, y, x + 1 + draws.uniformInt(width), y + 1 + draws.uniformInt(height / 2)));
            }
            assertEquals(byTrying(width, height, boxes), new EmptyRectangle(0).of(width, height, boxes), boxes.toString());
        }
    }

    @Test
    void ofEqualsTheUppermostThenTheLeftmostIsTaken() {
        CropRectangle first = new CropRectangle(0, 0, 10, 10);
        assertEquals(Optional.of(first), new EmptyRectangle(0).of(10, 30, List.of(new Box(0, 10, 10, 20))));
        assertEquals(Optional.of(first), new EmptyRectangle(0).of(30, 10, List.of(new Box(10, 0, 20, 10))));
    }

    @Test
    void spansStripsThatThePublishedAttackDoesNot() {
        List<Box> boxes = List.of(new Box(0, 60, 20, 64), new Box(20, 62, 64, 64));
        assertEquals(Optional.of(new CropRectangle(0, 0, 60, 64)), new EmptyRectangle(0).of(64, 64, boxes));
        assertEquals(44, new PeripheryCrop(0).patch(64, 64, boxes).orElseThrow().width());
    }

    @Test
    void isNeverWorseThanThePublishedPatch() {
        RandomStream draws = StatelessRandom.of(4, "boxes").at(0, 0, 0);
        for (int trial = 0; trial < 300; trial++) {
            List<Box> boxes = new ArrayList<>();
            for (int i = 0; i <= draws.uniformInt(4); i++) {
                int x = draws.uniformInt(60);
                int y = draws.uniformInt(60);
                boxes.add(new Box(x, y, x + 1 + draws.uniformInt(64 - x), y + 1 + draws.uniformInt(64 - y)));
            }
            Optional<CropRectangle> published = new PeripheryCrop(0).patch(64, 64, boxes);
            Optional<CropRectangle> largest = new EmptyRectangle(0).of(64, 64, boxes);
            published.ifPresent(patch -> assertTrue(side(largest.orElseThrow()) >= side(patch), boxes.toString()));
        }
    }

    @Test
    void aCoveredImageAndOneWithoutBoxesHaveNone() {
        assertEquals(Optional.empty(), new EmptyRectangle(0).of(32, 32, List.of(new Box(0, 0, 40, 40))));
        assertEquals(Optional.empty(), new EmptyRectangle(0).of(32, 32, List.of()));
        assertEquals(Optional.empty(), new EmptyRectangle(8).of(32, 32, List.of(new Box(0, 8, 32, 32))));
    }

    @Test
    void cellsOfAGridCoverTheImageOnce() {
        int[][] seen = new int[11][13];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                CropRectangle cell = new GridCell(3, 4, row, column).of(11, 13);
                for (int y = cell.top(); y < cell.top() + cell.height(); y++) {
                    for (int x = cell.left(); x < cell.left() + cell.width(); x++) {
                        seen[y][x]++;
                    }
                }
            }
        }
        for (int[] row : seen) {
            for (int times : row) {
                assertEquals(1, times);
            }
        }
    }

    private static int side(CropRectangle rectangle) {
        return Math.min(rectangle.width(), rectangle.height());
    }

    private static Optional<CropRectangle> byTrying(int width, int height, List<Box> boxes) {
        CropRectangle best = null;
        for (int top = 0; top < height; top++) {
            for (int left = 0; left < width; left++) {
                for (int bottom = top + 1; bottom <= height; bottom++) {
                    for (int right = left + 1; right <= width; right++) {
                        Box box = new Box(left, top, right, bottom);
                        if (boxes.stream().noneMatch(box::intersects)) {
                            best = EmptyRectangle.better(best, new CropRectangle(top, left, bottom - top, right - left));
                        }
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }
}
