package dev.engram.runs;

import java.util.List;

/**
 * A pair with the resources that belong to it, all by name.
 *
 * @param name {@code pairs/x}
 * @param candidate the encoder f that saw shared and candidate images: {@code encoders/x-f}
 * @param reference the encoder g that saw shared and independent images: {@code encoders/x-g}
 * @param split {@code splits/y}
 * @param dataset {@code datasets/z} of the split
 */
public record ResolvedPair(String name, String candidate, String reference, String split, String dataset) {

    /** Everything a measure of the pair reads, data set first. */
    public List<String> resources() {
        return List.of(dataset, split, candidate, reference);
    }
}
