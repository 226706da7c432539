package dev.engram.encoders.method;

import java.util.List;

/**
 * What a method wants of every batch.
 *
 * @param views views of each image by group; the views of a group are of one size and one recipe, e.g. {@code [2]}, or
 *     {@code [2, 8]} for two global and eight local crops
 * @param labels whether it needs class labels
 * @param maskedTokens by group, how many positions of an image a random order is drawn for (the patches of a masked image);
 *     0 where nothing is masked
 */
public record BatchNeeds(List<Integer> views, boolean labels, List<Integer> maskedTokens) {
    public BatchNeeds {
        views = List.copyOf(views);
        maskedTokens = List.copyOf(maskedTokens);
        if (views.isEmpty() || views.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("a batch has at least one group of at least one view, not " + views);
        }
        if (maskedTokens.size() != views.size() || maskedTokens.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("masked tokens must be given for each of the groups " + views + ", are " + maskedTokens);
        }
    }

    /** Views only. */
    public static BatchNeeds views(Integer... groups) {
        return new BatchNeeds(List.of(groups), false, List.of(groups).stream().map(group -> 0).toList());
    }

    /** The same with labels. */
    public BatchNeeds withLabels() {
        return new BatchNeeds(views, true, maskedTokens);
    }
}
