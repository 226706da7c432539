package dev.engram.encoders.method;

import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ProjectorStyle;
import dev.engram.encoders.network.VisionTransformer;
import java.util.List;
import java.util.Optional;

/** What several families of methods are made of. */
final class MethodParts {
    private MethodParts() {}

    /** A method of two views without labels and teacher. */
    static MethodFamily views(
            String name, String title, String source, String meaning, List<MethodOption> options, List<Integer> projector,
            ProjectorStyle style, MethodFamily.Maker maker) {
        return new MethodFamily(
                name, title, source, meaning, options, projector, true, Optional.of(style), WantedViews.TWO, false, false, false,
                Optional.empty(), List.of(), maker);
    }

    static ProjectedEncoder projected(MethodSetting setting) {
        return new ProjectedEncoder(setting.encoder(), new Projector(setting.projector(), setting.style().orElseThrow()));
    }

    static Projector predictor(MethodOptions options, MethodSetting setting, ProjectorStyle style) {
        return Projector.of(style, options.integer("predictor_hidden"), setting.projector().getLast());
    }

    static VisionTransformer transformer(String method, MethodSetting setting) {
        return transformer("network", method, setting.encoder());
    }

    /** @throws IllegalArgumentException naming the field and what needs one, if it is none */
    static VisionTransformer transformer(String field, String who, Network encoder) {
        if (encoder instanceof VisionTransformer transformer) {
            return transformer;
        }
        throw new IllegalArgumentException("%s: %s needs a vision transformer, not %s".formatted(field, who, encoder.name()));
    }
}
