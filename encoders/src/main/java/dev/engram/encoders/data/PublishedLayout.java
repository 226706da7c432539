package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A split in the files of the published déjà vu code, int64 {@code .npy} lists of image ids, which for a picture folder are torchvision's
 * {@code ImageFolder} positions: {@code bbox_A} (candidates), {@code bbox_B} (independents), {@code shared}, {@code public}, {@code
 * train_A}, {@code train_B}, {@code val_set} (as many of each class as its smallest has in public). External points, which that code does
 * not know, are in {@code external}.
 */
public final class PublishedLayout {
    private static final Map<String, Part> PARTS = parts();

    private PublishedLayout() {}

    /** Files that must be there to read a split. */
    public static List<String> required() {
        return List.of("bbox_A.npy", "bbox_B.npy", "shared.npy", "public.npy");
    }

    /** Files that may be there. */
    public static List<String> optional() {
        return List.of("external.npy", "train_A.npy", "train_B.npy");
    }

    /** Writes all files of a split into a folder; by name. */
    public static Map<String, Path> write(Split split, ImageSet set, Path folder) throws IOException {
        Map<String, int[]> lists = new TreeMap<>();
        PARTS.forEach((name, part) -> lists.put(name, split.indices(part)));
        lists.put("train_A", split.trainingOfF());
        lists.put("train_B", split.trainingOfG());
        lists.put("val_set", validation(set, split.indices(Part.PUBLIC)));
        Map<String, Path> files = new LinkedHashMap<>();
        for (Map.Entry<String, int[]> list : lists.entrySet()) {
            long[] ids = Arrays.stream(list.getValue()).mapToLong(set::id).toArray();
            files.put(list.getKey() + ".npy", NpyFile.write(folder.resolve(list.getKey() + ".npy"), ids));
        }
        return files;
    }

    /**
     * The split that files describe, verified.
     *
     * @param files contents by name: all of {@link #required}, some of {@link #optional}
     * @throws InvalidSplitException naming ids that the data set does not have, or lists that contradict each other
     * @throws CorruptFileException if a file is no list
     */
    public static Split read(Map<String, byte[]> files, ImageSet set) {
        Map<Long, Integer> indices = new HashMap<>();
        for (int index = 0; index < set.size(); index++) {
            indices.put((long) set.id(index), index);
        }
        List<String> problems = new ArrayList<>();
        Map<Part, int[]> parts = new EnumMap<>(Part.class);
        PARTS.forEach((name, part) -> {
            byte[] file = files.get(name + ".npy");
            if (file != null) {
                parts.put(part, indices(name + ".npy", file, indices, problems));
            }
        });
        Split split = new Split(set.digest(), set.size(), 0, parts);
        if (problems.isEmpty()) {
            contradicts("train_A.npy", files, indices, split.trainingOfF(), problems);
            contradicts("train_B.npy", files, indices, split.trainingOfG(), problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidSplitException(problems);
        }
        SplitVerifier.verify(split, set);
        return split;
    }

    private static void contradicts(
            String name, Map<String, byte[]> files, Map<Long, Integer> indices, int[] expected, List<String> problems) {
        if (files.containsKey(name)) {
            int[] listed = indices(name, files.get(name), indices, problems);
            Arrays.sort(listed);
            if (!Arrays.equals(listed, expected)) {
                problems.add("%s: is not the union of its attacked and the shared images".formatted(name));
            }
        }
    }

    private static int[] indices(String name, byte[] file, Map<Long, Integer> indices, List<String> problems) {
        long[] ids = NpyFile.parse(name, file);
        long[] unknown = Arrays.stream(ids).filter(id -> !indices.containsKey(id)).toArray();
        if (unknown.length > 0) {
            problems.add("%s: %d ids are not in the data set, the first is %d".formatted(name, unknown.length, unknown[0]));
        }
        return Arrays.stream(ids).filter(indices::containsKey).mapToInt(indices::get).toArray();
    }

    /** The first of each class, as many as the smallest class has. */
    private static int[] validation(ImageSet set, int[] publicIndices) {
        Map<Integer, List<Integer>> classes = new TreeMap<>();
        for (int index : publicIndices) {
            classes.computeIfAbsent(set.label(index), label -> new ArrayList<>()).add(index);
        }
        int smallest = classes.values().stream().mapToInt(List::size).min().orElse(0);
        return classes.values().stream()
                .flatMap(ofClass -> ofClass.stream().limit(smallest))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("bbox_A", Part.CANDIDATE);
        parts.put("bbox_B", Part.INDEPENDENT);
        parts.put("shared", Part.SHARED);
        parts.put("public", Part.PUBLIC);
        parts.put("external", Part.EXTERNAL);
        return parts;
    }
}
