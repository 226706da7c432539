package dev.engram.metrics.task;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.PassMeasure;
import dev.engram.v1.RunSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the spec of a pass must be, and the measures that it stands for. */
final class MeasuresRules {
    private static final int FEWEST = 2;
    private static final int MOST = 8;
    private static final Set<String> OF_THE_PASS = Set.of("pair", "views", "augmentation", "augmentation_values", "seed", "shards", "pass");
    private static final List<ViewsTask<?>> TASKS = List.of(new LayerMemTask(), new UnitMemTask(), new ClassMemTask());

    private MeasuresRules() {}

    /** Reports every problem of a pass and of its measures. */
    static void check(MeasuresSpec spec, FieldViolations violations) {
        int count = spec.getMeasuresCount();
        violations.require(count >= FEWEST && count <= MOST, "spec.measures", "must be %d to %d, are %d".formatted(FEWEST, MOST, count));
        MeasureRules.checkPair(spec.getPair(), violations);
        MeasureRules.checkShards(spec.getShards(), violations);
        Set<PassMeasure> measures = new HashSet<>();
        Set<String> ofThePass = new HashSet<>(Set.of("pair"));
        for (int i = 0; i < count; i++) {
            PassMeasure measure = spec.getMeasures(i);
            String field = "spec.measures[" + i + "]";
            if (measure.getMeasureCase() == PassMeasure.MeasureCase.MEASURE_NOT_SET) {
                violations.add(field, "is required: layer_mem, unit_mem or class_mem");
                continue;
            }
            violations.require(measures.add(measure), field, "is there already");
            String own = field + "." + measure.getMeasureCase().name().toLowerCase(Locale.ROOT);
            checkUnset(measure, own, violations);
            violations.require(
                    !MeasureRules.againstOriginal(measure.getLayerMem()),
                    own + ".compared",
                    "must be VIEWS: a LayerMem against the original sees other batches than the measures it would share a pass with");
            for (FieldViolation violation : problems(whole(spec, measure))) {
                String name = violation.getField().replaceFirst("^spec\\.", "");
                if (!OF_THE_PASS.contains(name.split("\\W", 2)[0])) {
                    violations.add(own + "." + name, violation.getDescription());
                } else if (ofThePass.add(name)) {
                    violations.add("spec." + name, violation.getDescription());
                }
            }
        }
    }

    private static void checkUnset(PassMeasure measure, String path, FieldViolations violations) {
        Message own = (Message) measure.getAllFields().values().iterator().next();
        for (FieldDescriptor field : own.getAllFields().keySet()) {
            violations.require(!OF_THE_PASS.contains(field.getName()), path + "." + field.getName(), "must be unset: the pass has one for all its measures");
        }
    }

    private static List<FieldViolation> problems(RunSpec measure) {
        FieldViolations problems = new FieldViolations();
        task(measure).orElseThrow().validate(measure, problems);
        return problems.list();
    }

    /** The task that makes a measure by itself, if several can share a pass. */
    static Optional<ViewsTask<?>> task(RunSpec measure) {
        return TASKS.stream().filter(task -> task.kind() == measure.getTaskCase()).findFirst();
    }

    /** The measures of a pass as they would be by themselves, with their views written out. */
    static List<RunSpec> wholes(MeasuresSpec spec) {
        return spec.getMeasuresList().stream().map(measure -> whole(spec, measure)).toList();
    }

    private static RunSpec whole(MeasuresSpec pass, PassMeasure measure) {
        RunSpec.Builder whole = RunSpec.newBuilder();
        switch (measure.getMeasureCase()) {
            case LAYER_MEM -> share(pass, whole.setLayerMem(measure.getLayerMem()).getLayerMemBuilder());
            case UNIT_MEM -> share(pass, whole.setUnitMem(measure.getUnitMem()).getUnitMemBuilder());
            case CLASS_MEM -> share(pass, whole.setClassMem(measure.getClassMem()).getClassMemBuilder());
            case MEASURE_NOT_SET -> throw new IllegalArgumentException("a measure is not set");
        }
        return whole.build();
    }

    /** Gives a measure what is the pass's: the fields of the same names. */
    private static void share(MeasuresSpec pass, Message.Builder measure) {
        Descriptor fields = measure.getDescriptorForType();
        OF_THE_PASS.forEach(name -> measure.clearField(fields.findFieldByName(name)));
        MeasuresSpec shared = pass.toBuilder().setViews(MeasureRules.views(pass.getViews())).clearMeasures().clearShards().build();
        shared.getAllFields().forEach((field, value) -> measure.setField(fields.findFieldByName(field.getName()), value));
    }

    /** A measure as the run that takes what a pass has found of it, {@code runs/x}. */
    static RunSpec taking(RunSpec whole, String pass) {
        RunSpec.Builder taking = whole.toBuilder();
        switch (whole.getTaskCase()) {
            case LAYER_MEM -> taking.getLayerMemBuilder().setPass(pass);
            case UNIT_MEM -> taking.getUnitMemBuilder().setPass(pass);
            case CLASS_MEM -> taking.getClassMemBuilder().setPass(pass);
            default -> throw new IllegalArgumentException("no pass measures " + whole.getTaskCase());
        }
        return taking.build();
    }

    /** Which measure of a pass a run takes; -1 if that run is no pass, or has not measured exactly this. */
    static int position(RunSpec taking, String name, RunSpec pass) {
        List<RunSpec> all = wholes(pass.getMeasures()).stream().map(whole -> taking(whole, name)).toList();
        return all.indexOf(taking);
    }
}
