package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.metrics.measure.Sign;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.LayerMemSpec;
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
