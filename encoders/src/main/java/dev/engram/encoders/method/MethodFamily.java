package dev.engram.encoders.method;

import dev.engram.encoders.network.ProjectorStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method by name, with all that a person has to know to choose it and all that is needed to make it.
 *
 * @param name as specs and manifests write it, such as {@code vicreg}
 * @param title for a person, such as {@code VICReg}
 * @param source paper and link
 * @param meaning one sentence
 * @param options hyper-parameters, in the order in which a person would set them
 * @param projector default widths; empty if the method has none
 * @param takesProjector whether it can have a projector
 * @param style what its projector's layers are made of unless a setting says otherwise; empty if it has no projector, or a head of its own
 * @param views groups of views it can work with
 * @param labels whether it needs class labels
 * @param transformer whether it needs a vision transformer
 * @param separable whether its loss is a mean over images of what each image alone gives; only such a method can be trained with
 *     differential privacy
 * @param teacher how its teacher follows; empty if it has none
 * @param undecayed parameters that the authors do not decay, beyond vectors; each a name or the beginning of names up to a dot
 * @param maker makes it once everything is checked
 */
public record MethodFamily(
        String name,
        String title,
        String source,
        String meaning,
        List<MethodOption> options,
        List<Integer> projector,
        boolean takesProjector,
        Optional<ProjectorStyle> style,
        WantedViews views,
        boolean labels,
        boolean transformer,
        boolean separable,
        Optional<TeacherMomentum> teacher,
        List<String> undecayed,
        Maker maker) {
    /** Makes a method from checked options and a setting whose projector is filled in. */
    @FunctionalInterface
    public interface Maker {
        TrainingMethod make(MethodOptions options, MethodSetting setting);
    }

    public MethodFamily {
        options = List.copyOf(options);
        projector = List.copyOf(projector);
        undecayed = List.copyOf(undecayed);
    }

    /**
     * A value for every option.
     *
     * @param asked values by name; the others get their defaults
     * @throws IllegalArgumentException naming every unknown option and every bad value
     */
    public MethodOptions options(Map<String, Double> asked) {
        return MethodOptions.of(name, options, asked);
    }

    /**
     * The method.
     *
     * @throws IllegalArgumentException if an option is unknown or bad, or encoder, projector or views do not suit it
     */
    public TrainingMethod make(Map<String, Double> asked, MethodSetting setting) {
        MethodOptions checked = options(asked);
        if (!takesProjector && !setting.projector().isEmpty()) {
            throw new IllegalArgumentException("projector: %s has none".formatted(name));
        }
        views.problem(name, setting.views(), setting.encoder().input().get(1).intValue()).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        if (setting.style().isPresent() && style.isEmpty()) {
            throw new IllegalArgumentException("projector_style: %s has no layers to choose".formatted(name));
        }
        List<Integer> widths = setting.projector().isEmpty() ? projector : setting.projector();
        return maker.make(checked, new MethodSetting(
                setting.encoder(), widths, setting.style().or(() -> style), setting.views(), setting.classes()));
    }
}
