package dev.engram.metrics.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.ExchangeLayers;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.RestoreUnit;
import dev.engram.v1.RunSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditRulesTest {
    @Test
    void everyProblemIsReportedAtOnce() {
        assertEquals(List.of("spec.source", "spec.edit"), fields(EditEncoderSpec.getDefaultInstance()));
        assertEquals(
                List.of("spec.source", "spec.prune.by", "spec.prune.share", "spec.prune.pool", "spec.prune.layers[0]", "spec.prune.layers[2]"),
                fields(EditEncoderSpec.newBuilder()
                        .setSource("runs/x")
                        .setPrune(PruneUnits.newBuilder().setShare(Double.NaN).setPoolValue(9).addLayers("").addLayers("a").addLayers("a"))
                        .build()));
        assertEquals(
                List.of("spec.exchange.other", "spec.exchange.layers", "spec.exchange.scope"),
                fields(EditEncoderSpec.newBuilder().setSource("encoders/x").setExchange(ExchangeLayers.newBuilder().setScopeValue(9)).build()));
        assertEquals(
                List.of("spec.restore.tuned", "spec.restore.layer", "spec.restore.unit"),
                fields(EditEncoderSpec.newBuilder().setSource("encoders/x").setRestore(RestoreUnit.newBuilder().setUnit(-1)).build()));
    }

    @Test
    void scoresAreNeededExceptForARandomDraw() {
        assertEquals(List.of("spec.prune.unit_mem"), fields(prune(PruneUnits.By.LOWEST, "")));
        assertEquals(List.of("spec.prune.unit_mem"), fields(prune(PruneUnits.By.RANDOM, "runs/u")));
        assertEquals(List.of(), fields(prune(PruneUnits.By.RANDOM, "")));
        assertEquals(List.of(), fields(prune(PruneUnits.By.HIGHEST, "runs/u")));
        assertEquals(List.of("encoders/x", "runs/u"), new EditEncoderTask().uses(run(prune(PruneUnits.By.HIGHEST, "runs/u"))));
        assertEquals(List.of("encoders/x"), new EditEncoderTask().uses(run(prune(PruneUnits.By.RANDOM, ""))));
    }

    @Test
    void unitsThatImagesOwnAreAskedForByTheImages() {
        PruneUnits.Builder owned = PruneUnits.newBuilder().setBy(PruneUnits.By.OWNED).setUnitMem("runs/u");
        assertEquals(List.of(), fields(edit(owned.clone().addImages(3).addImages(5).setMostUnits(1).setLeastUnitMem(0.5))));
        assertEquals(List.of(), fields(edit(owned.clone().setBy(PruneUnits.By.RANDOM_AS_OWNED).addImages(3).setSeed(-7))));
        assertEquals(
                List.of("spec.prune.images[1]", "spec.prune.least_unit_mem", "spec.prune.most_units", "spec.prune.share", "spec.prune.pool"),
                fields(edit(owned.clone()
                        .addImages(3)
                        .addImages(3)
                        .setLeastUnitMem(Double.NaN)
                        .setMostUnits(-1)
                        .setShare(0.1)
                        .setPoolValue(1))));
        assertEquals(List.of("spec.prune.unit_mem", "spec.prune.images"), fields(edit(owned.clone().clearUnitMem())));
        assertEquals(
                List.of("spec.prune.images", "spec.prune.least_unit_mem", "spec.prune.most_units"),
                fields(edit(owned.clone().setBy(PruneUnits.By.HIGHEST).addImages(1).setLeastUnitMem(0.1).setMostUnits(2))));
    }

    private static EditEncoderSpec edit(PruneUnits.Builder prune) {
        return EditEncoderSpec.newBuilder().setSource("encoders/x").setPrune(prune).build();
    }

    private static EditEncoderSpec prune(PruneUnits.By by, String unitMem) {
        return EditEncoderSpec.newBuilder()
                .setSource("encoders/x")
                .setPrune(PruneUnits.newBuilder().setBy(by).setUnitMem(unitMem).setShare(0.1))
                .build();
    }

    private static List<String> fields(EditEncoderSpec spec) {
        FieldViolations violations = new FieldViolations();
        new EditEncoderTask().validate(run(spec), violations);
        return violations.list().stream().map(FieldViolation::getField).toList();
    }

    private static RunSpec run(EditEncoderSpec spec) {
        return RunSpec.newBuilder().setEditEncoder(spec).build();
    }
}
