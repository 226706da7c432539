package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.metrics.measure.Sign;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Augmentation;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasureRulesTest {

    @Test
    void everyWrongFieldOfALayerMemAtOnce() {
        LayerMemSpec spec = LayerMemSpec.newBuilder()
                .setPair("encoders/x")
                .setViews(1)
                .setDistanceValue(9)
                .setAugmentation("blur")
                .setMaxImages(1)
                .build();
        assertEquals(
                List.of("spec.pair", "spec.views", "spec.distance", "spec.augmentation", "spec.max_images"),
                wrong(RunSpec.newBuilder().setLayerMem(spec).build()));
    }

    @Test
    void everyWrongFieldOfAUnitMemAtOnce() {
        UnitMemSpec spec = UnitMemSpec.newBuilder()
                .setViews(65)
                .setOthersValue(7)
                .setSignValue(8)
                .setAugmentation("blur")
                .setMaxImages(-3)
                .setTopImages(101)
                .build();
        assertEquals(
                List.of(
                        "spec.pair",
                        "spec.views",
                        "spec.others",
                        "spec.sign",
                        "spec.augmentation",
                        "spec.max_images",
                        "spec.top_images"),
                wrong(RunSpec.newBuilder().setUnitMem(spec).build()));
    }

    @Test
    void imagesAreNamedOnceAndNotDrawnFrom() {
        UnitMemSpec spec = UnitMemSpec.newBuilder().setPair("pairs/x").addAllImageIds(List.of(5L, 7L, 5L, -1L)).setMaxImages(4).build();
        assertEquals(List.of("spec.max_images", "spec.image_ids[2]", "spec.image_ids[3]"), wrong(RunSpec.newBuilder().setUnitMem(spec).build()));
        UnitMemSpec one = UnitMemSpec.newBuilder().setPair("pairs/x").addImageIds(5).build();
        assertEquals(List.of("spec.image_ids"), wrong(RunSpec.newBuilder().setUnitMem(one).build()));
    }

    @Test
    void viewsAreNamedOrValuedNotBoth() {
        LayerMemSpec named = LayerMemSpec.newBuilder().setPair("pairs/x").setAugmentation("pairs/y").build();
        assertEquals(List.of(), wrong(RunSpec.newBuilder().setLayerMem(named).build()));
        Augmentation values = AugmentationMessages.message(AugmentationRecipe.named("plain"));
        InvarianceSpec valued = InvarianceSpec.newBuilder().setPair("pairs/x").setAugmentationValues(values).build();
        assertEquals(List.of(), wrong(RunSpec.newBuilder().setInvariance(valued).build()));
        UnitMemSpec both = UnitMemSpec.newBuilder().setPair("pairs/x").setAugmentation("simclr").setAugmentationValues(values).build();
        assertEquals(List.of("spec.augmentation"), wrong(RunSpec.newBuilder().setUnitMem(both).build()));
        ClassMemSpec none = ClassMemSpec.newBuilder().setPair("pairs/x").setAugmentationValues(Augmentation.getDefaultInstance()).build();
        assertEquals(List.of("spec.augmentation_values"), wrong(RunSpec.newBuilder().setClassMem(none).build()));
        UnitMemSpec encoder = UnitMemSpec.newBuilder().setPair("pairs/x").setAugmentation("encoders/y-f").build();
        assertEquals(List.of("spec.augmentation"), wrong(RunSpec.newBuilder().setUnitMem(encoder).build()));
    }

    /** The pair by whose training images are seen has to be there, too. */
    @Test
    void everyMeasureUsesThePairWhoseViewsItTakes() {
        RunTasks tasks = RunTasks.load();
        for (RunSpec spec : List.of(
                RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/x").setAugmentation("pairs/y")).build(),
                RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/x").setAugmentation("pairs/y")).build(),
                RunSpec.newBuilder().setClassMem(ClassMemSpec.newBuilder().setPair("pairs/x").setViews(2).setAugmentation("pairs/y")).build(),
                RunSpec.newBuilder().setInvariance(InvarianceSpec.newBuilder().setPair("pairs/x").setAugmentation("pairs/y")).build(),
                RunSpec.newBuilder().setMeasures(MeasuresSpec.newBuilder().setPair("pairs/x").setAugmentation("pairs/y")).build())) {
            assertEquals(List.of("pairs/x", "pairs/y"), tasks.find(spec.getTaskCase()).orElseThrow().uses(spec), spec.toString());
        }
    }

    @Test
    void aPairIsEnough() {
        LayerMemSpec layerMem = LayerMemSpec.newBuilder().setPair("pairs/x").build();
        UnitMemSpec unitMem = UnitMemSpec.newBuilder().setPair("pairs/x").build();
        assertTrue(wrong(RunSpec.newBuilder().setLayerMem(layerMem).build()).isEmpty());
        assertTrue(wrong(RunSpec.newBuilder().setUnitMem(unitMem).build()).isEmpty());
        assertEquals(10, MeasureRules.views(0));
        assertEquals(9, MeasureRules.topImages(0));
        assertEquals(Optional.empty(), UnitMemTask.sign(unitMem.getSign()));
        assertEquals(Optional.of(Sign.ABSOLUTE), UnitMemTask.sign(UnitMemSpec.Sign.ABSOLUTE));
    }

    @Test
    void bothTasksAreFoundAndUseThePair() {
        RunTasks tasks = RunTasks.load();
        RunSpec spec = RunSpec.newBuilder()
                .setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/x"))
                .build();
        assertEquals(List.of("pairs/x"), tasks.find(RunSpec.TaskCase.UNIT_MEM).orElseThrow().uses(spec));
        assertTrue(tasks.find(RunSpec.TaskCase.LAYER_MEM).isPresent());
    }

    private static List<String> wrong(RunSpec spec) {
        FieldViolations violations = new FieldViolations();
        RunTasks.load().find(spec.getTaskCase()).orElseThrow().validate(spec, violations);
        return violations.list().stream().map(FieldViolation::getField).toList();
    }
}
