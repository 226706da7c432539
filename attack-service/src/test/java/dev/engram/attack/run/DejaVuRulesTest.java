package dev.engram.attack.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.GridCellCrop;
import dev.engram.v1.PeripheryCrop;
import dev.engram.v1.RunSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DejaVuRulesTest {

    @Test
    void theTaskIsFoundByItsKind() {
        assertTrue(RunTasks.load().find(RunSpec.TaskCase.DEJA_VU).orElseThrow() instanceof DejaVuTask);
    }

    @Test
    void aPairIsAllThatMustBeNamed() {
        assertEquals("", problems(DejaVuSpec.newBuilder().setPair("pairs/p")));
        assertEquals("spec.pair: is required", problems(DejaVuSpec.newBuilder()));
        assertEquals(
                List.of("pairs/p", "pairs/q"),
                new DejaVuTask().uses(AttackFixture.spec(DejaVuSpec.newBuilder().addReplicates("pairs/q"))));
        assertEquals(List.of("pairs/p"), new DejaVuTask().uses(AttackFixture.spec(DejaVuSpec.newBuilder())));
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertEquals(
                """
                spec.pair: must be pairs/{pair}, is "encoders/x"
                spec.replicates[0]: must be pairs/{pair}, is "encoders/x"
                spec.replicates[0]: is the attacked pair itself
                spec.replicates[1]: must be pairs/{pair}, is "runs/x"
                spec.crops[0].corner.fraction: must be in (0, 1), is 1.5
                spec.crops[1]: must be a corner, a periphery, an empty rectangle or a grid cell
                spec.crops[2].periphery.min_side: must be at least 0, is -1
                spec.crops[4]: is there twice
                spec.crops[5].grid_cell: must have 1 to 16 rows and columns and more than one cell, has 1 x 1
                spec.crops[6].grid_cell.column: must be 0 to 2, is 3
                spec.cuts[1]: must be projector, backbone, logits or a layer's path, is ""
                spec.cuts[2]: is there twice
                spec.k: must be 1 to the size of the public set's smallest class, or 0 for the default, is -2
                spec.resamples: must be 100 to 100000, or 0 for 2000, is 99""",
                problems(DejaVuSpec.newBuilder()
                        .setPair("encoders/x")
                        .addCrops(AttackFixture.corner(Crop.Corner.UPPER_LEFT, 1.5))
                        .addCrops(Crop.getDefaultInstance())
                        .addCrops(Crop.newBuilder().setPeriphery(PeripheryCrop.newBuilder().setMinSide(-1)))
                        .addCrops(AttackFixture.corner(Crop.Corner.LOWER_LEFT, 0.3))
                        .addCrops(Crop.newBuilder().setCorner(CornerCrop.getDefaultInstance()))
                        .addCrops(cell(1, 1, 0, 0))
                        .addCrops(cell(2, 3, 1, 3))
                        .setK(-2)
                        .addAllCuts(List.of("layer3", "", "layer3"))
                        .addAllReplicates(List.of("encoders/x", "runs/x"))
                        .setResamples(99)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.3, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void aFractionLiesBetweenZeroAndOne(double fraction) {
        assertEquals(
                "spec.crops[0].corner.fraction: must be in (0, 1), is " + fraction,
                problems(DejaVuSpec.newBuilder()
                        .setPair("pairs/p")
                        .addCrops(AttackFixture.corner(Crop.Corner.LOWER_LEFT, fraction))));
    }

    private static Crop cell(int rows, int columns, int row, int column) {
        return Crop.newBuilder()
                .setGridCell(GridCellCrop.newBuilder().setRows(rows).setColumns(columns).setRow(row).setColumn(column))
                .build();
    }

    private static String problems(DejaVuSpec.Builder spec) {
        FieldViolations violations = new FieldViolations();
        new DejaVuTask().validate(RunSpec.newBuilder().setDejaVu(spec).build(), violations);
        return violations.toString();
    }
}
