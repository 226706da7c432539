package dev.engram.encoders.method;

import dev.engram.encoders.network.Network;
import java.util.List;

/**
 * What a method wants of every batch.
 *
 * @param channels of the images
 * @param views by group: the views of a group are of one size
 * @param labels whether it needs class labels
 */
public record BatchNeeds(int channels, List<ViewNeeds> views, boolean labels) {
    public BatchNeeds {
        views = List.copyOf(views);
        if (views.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one group of views");
        }
    }

    /** So many views of an encoder's input size. */
    public static BatchNeeds views(Network encoder, int count) {
        return new BatchNeeds(
                encoder.input().get(0).intValue(),
                List.of(ViewNeeds.of(count, encoder.input().get(1).intValue())),
                false);
    }

    /** The same with labels. */
    public BatchNeeds withLabels() {
        return new BatchNeeds(channels, views, true);
    }

    /** Shape of one view of a group, {@code [C, H, W]}. */
    public List<Long> shape(int group) {
        long side = views.get(group).side();
        return List.of((long) channels, side, side);
    }
}
