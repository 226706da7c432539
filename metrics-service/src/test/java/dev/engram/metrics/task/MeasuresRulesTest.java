package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Augmentation;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.PassMeasure;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresRulesTest {
    private static final PassMeasure LAYERS = PassMeasure.newBuilder().setLayerMem(LayerMemSpec.getDefaultInstance()).build();
    private static final PassMeasure UNITS = PassMeasure.newBuilder().setUnitMem(UnitMemSpec.getDefaultInstance()).build();
    private static final MeasuresSpec GOOD =
            MeasuresSpec.newBuilder().setPair("pairs/p").addMeasures(LAYERS).addMeasures(UNITS).build();

    @Test
    void aPassOfTwoMeasuresIsAccepted() {
        assertEquals(List.of(), fields(GOOD));
        assertEquals(List.of("pairs/p"), new MeasuresTask().uses(RunSpec.newBuilder().setMeasures(GOOD).build()));
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        MeasuresSpec wrong = MeasuresSpec.newBuilder()
                .setViews(1)
                .setAugmentation("none-such")
                .setShards(65)
                .addMeasures(LAYERS)
                .addMeasures(LAYERS)
                .addMeasures(PassMeasure.getDefaultInstance())
                .addMeasures(PassMeasure.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setViews(5).setSeed(1).setShards(2).setTopImages(-1)))
                .addMeasures(PassMeasure.newBuilder().setClassMem(ClassMemSpec.newBuilder().setPair("pairs/q").setMaxImages(1)))
                .build();
        assertEquals(
                List.of(
                        "spec.pair",
                        "spec.shards",
                        "spec.augmentation",
                        "spec.views",
                        "spec.measures[1]",
                        "spec.measures[2]",
                        "spec.measures[3].unit_mem.views",
                        "spec.measures[3].unit_mem.seed",
                        "spec.measures[3].unit_mem.shards",
                        "spec.measures[3].unit_mem.top_images",
                        "spec.measures[4].class_mem.pair",
                        "spec.measures[4].class_mem.max_images").stream().sorted().toList(),
                fields(wrong).stream().sorted().toList());
    }

    /** Values of the views are the pass's, checked once, and handed on to its measures. */
    @Test
    void viewsAreThePasss() {
        Augmentation plain = AugmentationMessages.message(AugmentationRecipe.named("plain"));
        MeasuresSpec valued = GOOD.toBuilder().setAugmentationValues(plain).setSeed(3).setShards(2).build();
        assertEquals(List.of(), fields(valued));
        RunSpec units = MeasuresRules.wholes(valued).get(1);
        assertEquals(
                UNITS.getUnitMem().toBuilder().setPair("pairs/p").setViews(10).setAugmentationValues(plain).setSeed(3).build(), units.getUnitMem());
        assertEquals(
                List.of("spec.augmentation_values"),
                fields(GOOD.toBuilder().setAugmentationValues(Augmentation.getDefaultInstance()).build()));
        MeasuresSpec inside = MeasuresSpec.newBuilder().setPair("pairs/p").addMeasures(UNITS)
                .addMeasures(PassMeasure.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setAugmentationValues(plain)))
                .build();
        assertEquals(List.of("spec.measures[1].layer_mem.augmentation_values"), fields(inside));
    }

    @Test
    void oneMeasureNeedsNoPass() {
        assertEquals(List.of("spec.measures"), fields(GOOD.toBuilder().clearMeasures().addMeasures(UNITS).build()));
    }

    @Test
    void aMeasureOfAPassKnowsWhichItIs() {
        RunSpec pass = RunSpec.newBuilder().setMeasures(GOOD).build();
        List<RunSpec> wholes = MeasuresRules.wholes(GOOD);
        assertEquals(10, wholes.get(1).getUnitMem().getViews());
        assertEquals(1, MeasuresRules.position(MeasuresRules.taking(wholes.get(1), "runs/x"), "runs/x", pass));
        assertEquals(-1, MeasuresRules.position(MeasuresRules.taking(wholes.get(1), "runs/x"), "runs/x", wholes.get(0)));
    }

    @Test
    void aRunThatTakesWhatAPassFoundHasNoShards() {
        FieldViolations violations = new FieldViolations();
        new UnitMemTask()
                .validate(
                        RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/p").setShards(2).setPass("encoders/x")).build(),
                        violations);
        assertEquals(List.of("spec.pass", "spec.shards"), violations.list().stream().map(FieldViolation::getField).toList());
    }

    private static List<String> fields(MeasuresSpec spec) {
        FieldViolations violations = new FieldViolations();
        new MeasuresTask().validate(RunSpec.newBuilder().setMeasures(spec).build(), violations);
        return violations.list().stream().map(FieldViolation::getField).toList();
    }
}
