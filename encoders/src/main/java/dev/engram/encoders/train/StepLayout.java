package dev.engram.encoders.train;

import dev.engram.encoders.method.Part;
import dev.engram.encoders.method.TrainingMethod;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.network.StateSpec.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything of a method lies in the program's lists: the parts' parameters one after the other, their buffers one after
 * the other and then the method's own; the same of the teacher.
 */
final class StepLayout {
    private final List<StateSpec> model = new ArrayList<>();
    private final List<StateSpec> teacher = new ArrayList<>();
    private final Map<String, Range> ranges = new LinkedHashMap<>();
    private final Map<String, Range> teacherRanges = new LinkedHashMap<>();

    StepLayout(TrainingMethod method) {
        add(method.parts(), model, ranges);
        add(method.teacher(), teacher, teacherRanges);
        model.addAll(method.buffers());
        List<String> strangers = method.teacher().stream().map(Part::path).filter(path -> !ranges.containsKey(path)).toList();
        if (!strangers.isEmpty()) {
            throw new IllegalArgumentException("A teacher follows a student; %s has none of %s".formatted(method.name(), strangers));
        }
    }

    /** All state of the student side, in order. */
    StateLayout model() {
        return new StateLayout(model, List.of());
    }

    /** All state of the teacher, in order; empty without one. */
    StateLayout teacher() {
        return new StateLayout(teacher, List.of());
    }

    List<StateSpec> parameters() {
        return model.stream().filter(spec -> spec.role() == Role.PARAMETER).toList();
    }

    Range student(Part part) {
        return found(ranges, part);
    }

    Range teacher(Part part) {
        return found(teacherRanges, part);
    }

    private static Range found(Map<String, Range> ranges, Part part) {
        Range range = ranges.get(part.path());
        if (range == null) {
            throw new IllegalArgumentException("No part \"%s\" among %s".formatted(part.path(), ranges.keySet()));
        }
        return range;
    }

    private static void add(List<Part> parts, List<StateSpec> state, Map<String, Range> ranges) {
        int parameters = 0;
        int buffers = 0;
        for (Part part : parts) {
            List<StateSpec> own = part.state();
            int p = (int) own.stream().filter(spec -> spec.role() == Role.PARAMETER).count();
            int b = own.size() - p;
            if (ranges.put(part.path(), new Range(parameters, parameters + p, buffers, buffers + b)) != null) {
                throw new IllegalArgumentException("Two parts are named \"" + part.path() + "\"");
            }
            state.addAll(own);
            parameters += p;
            buffers += b;
        }
    }

    /** A part's places: parameters {@code from} to before {@code to}, buffers likewise. */
    record Range(int from, int to, int bufferFrom, int bufferTo) {}
}
