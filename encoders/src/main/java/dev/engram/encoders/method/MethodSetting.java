package dev.engram.encoders.method;

import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.ProjectorStyle;
import java.util.List;
import java.util.Optional;

/**
 * What a method is made for, beside its options.
 *
 * @param encoder without classifier
 * @param projector widths of the projector's layers; empty for the method's default
 * @param style what the projector's layers are made of; empty for the method's default
 * @param views the groups of views that the augmentation makes of each image
 * @param classes of the data set
 */
public record MethodSetting(
        Network encoder, List<Integer> projector, Optional<ProjectorStyle> style, List<ViewGroupSize> views, int classes) {
    public MethodSetting {
        projector = List.copyOf(projector);
        views = List.copyOf(views);
    }

    /** A setting with the method's own kind of projector. */
    public MethodSetting(Network encoder, List<Integer> projector, List<ViewGroupSize> views, int classes) {
        this(encoder, projector, Optional.empty(), views, classes);
    }

    /**
     * A group of views as an augmentation makes it.
     *
     * @param count views of each image
     * @param side of the views in pixels
     */
    public record ViewGroupSize(int count, int side) {}
}
