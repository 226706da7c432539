package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.SplitMaker.Drawn;
import dev.engram.encoders.data.SplitMaker.DuplicatePolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final SplitSizes SIZES = new SplitSizes(30, 10, 10, 10, 20);

    private final ImageSet set = TestImages.random(90);

    @Test
    void partsAreDisjointOfTheirSizesAndStratified() {
        Split split = draw(set, SIZES, 1).split();
        List<Integer> all = new ArrayList<>();
        for (Part part : Part.values()) {
            assertEquals(SIZES.of(part), split.size(part));
            Arrays.stream(split.indices(part)).forEach(all::add);
            for (int label = 0; label < 3; label++) {
                int wanted = label;
                long count = Arrays.stream(split.indices(part)).filter(i -> set.label(i) == wanted).count();
                assertEquals(SIZES.of(part) / 3.0, count, 1, part + " class " + label);
            }
        }
        assertEquals(80, all.stream().distinct().count());
    }

    /** Both encoders' epochs are equally long, class by class and count by count. */
    @Test
    void everyRepeatedCandidateHasACounterpart() {
        ImageSet repeated = TestImages.random(240, i -> List.of(1, 2, 5, 10).get(i / 7 % 4));
        Split split = draw(repeated, new SplitSizes(10, 50, 50, 20, 40), 1).split();
        assertEquals(kinds(repeated, split.indices(Part.CANDIDATE)), kinds(repeated, split.indices(Part.INDEPENDENT)));
        assertEquals(Visits.of(repeated, split.trainingOfF()).size(), Visits.of(repeated, split.trainingOfG()).size());
        ImageSet lonely = TestImages.random(90, i -> i == 4 ? 3 : 1);
        assertEquals("independent: no image with a repeat count of 3 is left for the counterpart of image 104",
                assertThrows(InvalidSplitException.class, () -> draw(lonely, new SplitSizes(0, 45, 45, 0, 0), seedWith(lonely, 4)))
                        .getMessage());
    }

    private static List<String> kinds(ImageSet set, int[] indices) {
        return Arrays.stream(indices).mapToObj(i -> set.label(i) + " " + set.repeatCount(i)).sorted().toList();
    }

    /** A seed whose candidates, half of all images, hold the one at {@code index}. */
    private static long seedWith(ImageSet set, int index) {
        ImageSet plain = TestImages.random(set.size());
        return IntStream.range(0, 100)
                .filter(seed -> Arrays.stream(draw(plain, new SplitSizes(0, 45, 45, 0, 0), seed).split().indices(Part.CANDIDATE))
                        .anyMatch(i -> i == index))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSplitMayUseEveryImage() {
        assertEquals(90, IntStream.of(draw(set, new SplitSizes(60, 15, 15, 0, 0), 3).split().trainingOfF()).count() + 15);
    }

    /** A series of sizes: only the shared part grows, and what was in it stays. */
    @Test
    void splitsOfASeriesDifferInTheirSharedPartAlone() {
        Split large = draw(set, SIZES, 1).split();
        Split small = draw(set, new SplitSizes(12, 10, 10, 10, 20, 30), 1).split();
        for (Part part : List.of(Part.CANDIDATE, Part.INDEPENDENT, Part.EXTERNAL, Part.PUBLIC)) {
            assertArrayEquals(large.indices(part), small.indices(part), part.toString());
        }
        assertEquals(12, small.size(Part.SHARED));
        assertTrue(Arrays.stream(small.indices(Part.SHARED)).allMatch(i -> Arrays.binarySearch(large.indices(Part.SHARED), i) >= 0));
        assertThrows(InvalidSplitException.class, () -> new SplitSizes(30, 10, 10, 10, 20, 29));
        int[] series = draw(set, new SplitSizes(12, 10, 10, 10, 20, 30), 1).series();
        Arrays.sort(series);
        assertArrayEquals(
                Arrays.stream(large.indices(Part.SHARED)).filter(i -> Arrays.binarySearch(small.indices(Part.SHARED), i) < 0).toArray(), series);
    }

    /** The spares are the images that larger public sets would take, in that order; what no size can take is none. */
    @Test
    void sparesAreTheNextPublicImages() {
        int[] spares = draw(set, SIZES, 1).spares();
        assertEquals(10, spares.length);
        int[] before = draw(set, SIZES, 1).split().indices(Part.PUBLIC);
        for (int more = 1; more <= spares.length; more++) {
            int[] expected = IntStream.concat(Arrays.stream(before), Arrays.stream(spares, 0, more)).sorted().toArray();
            assertArrayEquals(expected, draw(set, new SplitSizes(30, 10, 10, 10, 20 + more), 1).split().indices(Part.PUBLIC));
        }
        assertEquals(0, draw(set, SIZES, 1).series().length);
    }

    @Test
    void fAndGShareTheSharedPart() {
        Split split = draw(set, SIZES, 1).split();
        assertEquals(40, split.trainingOfF().length);
        int[] common = Arrays.stream(split.trainingOfF())
                .filter(i -> Arrays.binarySearch(split.trainingOfG(), i) >= 0)
                .toArray();
        assertArrayEquals(split.indices(Part.SHARED), common);
    }

    @Test
    void theSeedDecidesAndTheDigestSaysSo() {
        Split split = draw(set, SIZES, 1).split();
        assertEquals(split, draw(set, SIZES, 1).split());
        assertEquals(split.digest(), draw(set, SIZES, 1).split().digest());
        assertNotEquals(split.digest(), draw(set, SIZES, 2).split().digest());
    }

    @Test
    void jsonIsCanonicalAndReadBack() {
        Split split = new Split("d1", 9, -5, Map.of(Part.SHARED, new int[] {3, 1}, Part.PUBLIC, new int[] {8}));
        assertEquals(
                "{\"dataset\":\"d1\",\"images\":9,\"parts\":{\"candidate\":[],\"external\":[],\"independent\":[],"
                        + "\"public\":[8],\"shared\":[1,3]},\"seed\":-5,\"version\":1}",
                new String(split.toJson(), StandardCharsets.UTF_8));
        assertEquals(split, Split.fromJson(split.toJson()));
        assertEquals("9b133f5475eed14bf51bd2d8ddf63f3424a203cc92250131a453c60b606e9ff8", split.digest());
    }

    @Test
    void badJsonIsRefused() {
        for (String json : List.of("", "[]", "{}", "{\"dataset\":\"d\",\"images\":1,\"parts\":{},\"seed\":0,\"version\":2}",
                "{\"dataset\":\"d\",\"images\":1,\"parts\":{\"secret\":[]},\"seed\":0,\"version\":1}",
                "{\"dataset\":\"d\",\"images\":1,\"parts\":{\"shared\":[\"x\"]},\"seed\":0,\"version\":1}",
                "{\"dataset\":\"d\",\"images\":1,\"parts\":{\"shared\":null},\"seed\":0,\"version\":1}",
                "{\"dataset\":\"d\",\"images\":1,\"parts\":null,\"seed\":0,\"version\":1}")) {
            assertThrows(InvalidSplitException.class, () -> Split.fromJson(json.getBytes(StandardCharsets.UTF_8)), json);
        }
    }

    @Test
    void allBadSizesAreNamedAtOnce() {
        InvalidSplitException error =
                assertThrows(InvalidSplitException.class, () -> new SplitSizes(-1, -2, 0, -3, 0));
        assertEquals(3, error.problems().size());
        assertThrows(InvalidSplitException.class, () -> new SplitSizes(5, 0, 0, 0, 0));
        assertThrows(InvalidSplitException.class, () -> new SplitSizes(0, 5, 0, 0, 0));
        assertTrue(assertThrows(InvalidSplitException.class, () -> draw(set, new SplitSizes(90, 1, 1, 0, 0), 0))
                .getMessage().contains("92 images are asked for"));
    }

    @Test
    void ofEqualImagesTheFirstIsKeptAndThoseOfUnclearClassAreLeftOut() {
        ImageSet repeated = TestImages.filled(
                new int[] {1, 2, 1, 3, 4, 4, 5, 1}, new int[] {0, 1, 0, 2, 0, 1, 2, 0});
        Drawn drawn = draw(repeated, new SplitSizes(1, 1, 1, 1, 0), 7);
        assertEquals(
                List.of(new Duplicates.Group(List.of(0, 2, 7), false), new Duplicates.Group(List.of(4, 5), true)),
                drawn.duplicates().groups());
        assertEquals(4, drawn.leftOut());
        int[] used = Arrays.stream(Part.values()).flatMapToInt(p -> Arrays.stream(drawn.split().indices(p))).sorted().toArray();
        assertArrayEquals(new int[] {0, 1, 3, 6}, used);
        InvalidSplitException refused = assertThrows(
                InvalidSplitException.class,
                () -> SplitMaker.draw(repeated, new SplitSizes(1, 1, 1, 0, 0), 0, DuplicatePolicy.REFUSE));
        assertEquals(2, refused.problems().size());
        assertTrue(refused.getMessage().contains("[4, 5] have equal pixels and different labels"));
    }

    @Test
    void theVerifierReportsEveryProblemAtOnce() {
        ImageSet repeated = TestImages.filled(new int[] {1, 2, 1, 3}, new int[] {0, 1, 0, 2});
        Split split = new Split("other", 9, 0, Map.of(
                Part.SHARED, new int[] {0, 1, 1}, Part.CANDIDATE, new int[] {1, 2, -1}, Part.PUBLIC, new int[] {3, 44}));
        List<String> problems = assertThrows(InvalidSplitException.class, () -> SplitVerifier.verify(split, repeated)).problems();
        assertEquals(7, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith("dataset: "));
        assertTrue(problems.get(1).startsWith("images: the split was made for 9"));
        assertTrue(problems.contains("candidate: -1 (indices outside 0 … 3)"), problems.toString());
        assertTrue(problems.contains("public: 44 (indices outside 0 … 3)"));
        assertTrue(problems.contains("shared and shared: image 1 (images in more than one place)"));
        assertTrue(problems.contains("shared and candidate: image 1 (images in more than one place)"));
        assertTrue(problems.contains("shared and candidate: image 2 (equal pixels in different parts)"));
    }

    @Test
    void manyProblemsOfOneKindAreCounted() {
        Split split = new Split(set.digest(), 90, 0, Map.of(
                Part.SHARED, IntStream.range(0, 20).toArray(), Part.CANDIDATE, IntStream.range(0, 20).toArray()));
        List<String> problems = assertThrows(InvalidSplitException.class, () -> SplitVerifier.verify(split, set)).problems();
        assertEquals(SplitVerifier.NAMED + 1, problems.size());
        assertEquals("and 15 more: images in more than one place", problems.getLast());
    }

    private static Drawn draw(ImageSet set, SplitSizes sizes, long seed) {
        return SplitMaker.draw(set, sizes, seed, DuplicatePolicy.LEAVE_OUT);
    }
}
