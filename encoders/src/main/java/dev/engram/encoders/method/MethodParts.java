package dev.engram.encoders.method;

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
            MethodFamily.Maker maker) {
        return new MethodFamily(
                name, title, source, meaning, options, projector, true, WantedViews.TWO, false, false, false,
                Optional.empty(), List.of(), maker);
    }

    static ProjectedEncoder projected(MethodSetting setting, ProjectorStyle style) {
        return new ProjectedEncoder(setting.encoder(), new Projector(setting.projector(), style));
    }

    static Projector predictor(MethodOptions options, MethodSetting setting, ProjectorStyle style) {
        return Projector.of(style, options.integer("predictor_hidden"), setting.projector().getLast());
    }

    static VisionTransformer transformer(String method, MethodSetting setting) {
        if (setting.encoder() instanceof VisionTransformer transformer) {
            return transformer;
        }
        throw new IllegalArgumentException(
                "network: %s needs a vision transformer, not %s".formatted(method, setting.encoder().name()));
    }
}
