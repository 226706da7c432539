package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ComposedSetTest {
    private static final int IMAGES = 3000;
    private static final int CLASSES = 10;
    private static final ComposedSet COMPOSED = ComposedSet.standard(1);

    private static ImageSet items;
    private static ImageSet set;

    @BeforeAll
    static void compose() {
        items = FashionMnist.test().select(IntStream.range(0, IMAGES).toArray());
        set = COMPOSED.compose(items);
    }

    @Test
    void everyImageHasOneBoxOnTheCrossAndClearCorners() {
        int corner = COMPOSED.cornerSide();
        assertEquals(9, corner);
        assertEquals(14, COMPOSED.itemSide());
        List<Box> corners = List.of(
                new Box(0, 0, corner, corner), new Box(32 - corner, 0, 32, corner),
                new Box(0, 32 - corner, corner, 32), new Box(32 - corner, 32 - corner, 32, 32));
        Set<Box> places = new HashSet<>();
        for (int i = 0; i < IMAGES; i++) {
            Box box = set.boxes(i).getFirst();
            places.add(box);
            assertTrue(corners.stream().noneMatch(box::intersects), box.toString());
            assertEquals(List.of(box), set.boxes(i));
        }
        assertEquals(2 * 19 - 1, places.size(), "every place on the cross is taken by some image");
    }

    /** Outside the box an image is its background, which knows neither item nor label. */
    @Test
    void outsideTheBoxThereIsOnlyBackground() {
        for (int i = 0; i < 50; i++) {
            float[] background = COMPOSED.background(items.id(i), set.label(i));
            Box box = COMPOSED.place(items.id(i));
            for (int c = 0; c < 3; c++) {
                for (int y = 0; y < 32; y++) {
                    for (int x = 0; x < 32; x++) {
                        int at = (c * 32 + y) * 32 + x;
                        if (!box.intersects(new Box(x, y, x + 1, y + 1))) {
                            assertEquals(Math.round(background[at] * 255.0), set.image(i).get(at) & 0xFF);
                        }
                    }
                }
            }
        }
    }

    @Test
    void insideTheBoxIsTheItem() {
        int sandal = IntStream.range(0, IMAGES).filter(i -> set.label(i) == 1).findFirst().orElseThrow();
        Box box = set.boxes(sandal).getFirst();
        int changed = 0;
        float[] background = COMPOSED.background(items.id(sandal), 1);
        for (int y = box.ymin(); y < box.ymax(); y++) {
            for (int x = box.xmin(); x < box.xmax(); x++) {
                if ((set.image(sandal).get(y * 32 + x) & 0xFF) != Math.round(background[y * 32 + x] * 255.0)) {
                    changed++;
                }
            }
        }
        assertTrue(changed > 40, changed + " of 196 pixels show the item");
    }

    /** The nearest backgrounds name the class no better than chance: 10 % within five standard errors. */
    @Test
    void nearestNeighboursOfTheCornerAreAtChance() {
        int queries = 1000;
        double chance = 1.0 / CLASSES;
        assertEquals(chance, namedByCorner(set, queries), 5 * Math.sqrt(chance * (1 - chance) / queries));
    }

    /** With a background that tells the class in every image they name it; with one in half the images, about half the time. */
    @Test
    void correlationMakesBackgroundsTellTheClass() {
        ImageSet few = items.select(IntStream.range(0, 1500).toArray());
        assertTrue(namedByCorner(ComposedSet.standard(1, 1).compose(few), 500) > 0.95);
        double half = namedByCorner(ComposedSet.standard(1, 0.5).compose(few), 500);
        assertTrue(half > 0.35 && half < 0.75, half + " named");
    }

    @Test
    void correlationLeavesOtherImagesAsTheyAre() {
        ComposedSet half = ComposedSet.standard(1, 0.5);
        ImageSet mixed = half.compose(items);
        int told = 0;
        for (int i = 0; i < IMAGES; i++) {
            boolean same = mixed.imageDigest(i).equals(set.imageDigest(i));
            assertEquals(half.tellsClass(items.id(i)), !same, "image " + i);
            told += same ? 0 : 1;
        }
        assertEquals(IMAGES / 2.0, told, 5 * Math.sqrt(IMAGES / 4.0));
    }

    /** Share of the first images whose nearest corner among the others has their class. */
    private static double namedByCorner(ImageSet set, int queries) {
        int correct = 0;
        for (int query = 0; query < queries; query++) {
            int nearest = -1;
            long least = Long.MAX_VALUE;
            for (int other = queries; other < set.size(); other++) {
                long distance = cornerDistance(set, query, other, least);
                if (distance < least) {
                    least = distance;
                    nearest = other;
                }
            }
            correct += set.label(nearest) == set.label(query) ? 1 : 0;
        }
        return (double) correct / queries;
    }

    /** Whole images are above chance by far: the items can be recognized. */
    @Test
    void cornersTellImagesApart() {
        for (int i = 1; i < IMAGES; i++) {
            assertTrue(cornerDistance(set, 0, i, Long.MAX_VALUE) > 1000, "image " + i + " has the corner of image 0");
        }
    }

    @Test
    void theSeedDecides() {
        ImageSet few = items.select(new int[] {0, 1, 2});
        assertEquals(ComposedSet.standard(1).compose(few).digest(), ComposedSet.standard(1).compose(few).digest());
        assertNotEquals(ComposedSet.standard(1).compose(few).digest(), ComposedSet.standard(2).compose(few).digest());
        assertEquals(set.imageDigest(2), ComposedSet.standard(1).compose(few).imageDigest(2), "an image depends on its id alone");
    }

    /** Every four consecutive images are repeated 1, 2, 5 and 10 times in some order; nothing else of the set changes. */
    @Test
    void repeatCountsAreDealtEvenly() {
        ImageSet few = items.select(IntStream.range(0, 202).toArray());
        ImageSet repeated = ComposedSet.standard(1, 0, List.of(1, 2, 5, 10)).compose(few);
        Set<List<Integer>> orders = new HashSet<>();
        for (int first = 0; first < 200; first += 4) {
            List<Integer> counts = IntStream.range(first, first + 4).mapToObj(repeated::repeatCount).toList();
            assertEquals(List.of(1, 2, 5, 10), counts.stream().sorted().toList());
            orders.add(counts);
        }
        assertTrue(orders.size() > 15, orders.size() + " of 24 orders");
        ImageSet plain = COMPOSED.compose(few);
        assertTrue(IntStream.range(0, 202).allMatch(i -> plain.repeatCount(i) == 1 && plain.imageDigest(i).equals(repeated.imageDigest(i))));
        assertNotEquals(plain.digest(), repeated.digest());
        int[] some = {7, 3};
        assertEquals(repeated.repeatCount(3), repeated.select(some).repeatCount(1));
    }

    @Test
    void badSettingsAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> new ComposedSet(23, 0.3, 0, 0, List.of(1)));
        assertThrows(IllegalArgumentException.class, () -> new ComposedSet(32, 0.5, 0, 0, List.of(1)));
        assertThrows(IllegalArgumentException.class, () -> new ComposedSet(32, 0.3, 0, 1.1, List.of(1)));
        assertThrows(IllegalArgumentException.class, () -> ComposedSet.standard(0, 0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> ComposedSet.standard(0, 0, List.of(2, 0)));
        assertThrows(IllegalArgumentException.class, () -> COMPOSED.compose(set));
    }

    /** Squared distance of the lower left 9×9 corners; gives up above {@code limit}. */
    private static long cornerDistance(ImageSet set, int one, int other, long limit) {
        var a = set.image(one);
        var b = set.image(other);
        long sum = 0;
        for (int c = 0; c < 3; c++) {
            for (int y = 23; y < 32 && sum < limit; y++) {
                for (int x = 0; x < 9; x++) {
                    int at = (c * 32 + y) * 32 + x;
                    long difference = (a.get(at) & 0xFF) - (b.get(at) & 0xFF);
                    sum += difference * difference;
                }
            }
        }
        return sum;
    }
}
