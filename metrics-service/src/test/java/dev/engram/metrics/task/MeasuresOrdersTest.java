package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.testing.LaptopStore;
import dev.engram.testing.PastRuns;
import dev.engram.v1.CreateMeasuresRequest;
import dev.engram.v1.CreateMeasuresResponse;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.PassMeasure;
import dev.engram.v1.UnitMemSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuresOrdersTest {
    private static final MeasuresSpec SPEC = MeasuresSpec.newBuilder()
            .setPair(TinyPair.PAIR.name())
            .addMeasures(PassMeasure.newBuilder().setLayerMem(LayerMemSpec.getDefaultInstance()))
            .addMeasures(PassMeasure.newBuilder().setUnitMem(UnitMemSpec.getDefaultInstance()))
            .addMeasures(PassMeasure.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setReference(true)))
            .build();

    @TempDir
    Path folder;

    private LaptopStore store;
    private MeasuresOrders orders;

    @BeforeEach
    void start() throws Exception {
        store = new LaptopStore(folder.resolve("home"));
        TinyPair pair = new TinyPair(folder.resolve("pair"), 1, 2);
        new PastRuns(store.store()).pair(TinyPair.PAIR, 0, pair::folder);
        orders = new MeasuresOrders(new RunSubmission(store.store().catalogue(), RunTasks.load()));
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    @Test
    void aPassAndARunOfEachMeasureThatWaitsForIt() {
        CreateMeasuresResponse made = orders.create(request("x", ""));
        assertEquals("runs/x", made.getRun());
        assertEquals(List.of("runs/x-layer-mem", "runs/x-unit-mem", "runs/x-unit-mem-2"), made.getMeasuresList());
        assertEquals(true, run("x-unit-mem-2").dependencies().contains("x"));
        assertEquals("unit_mem", run("x-unit-mem-2").kind());
        assertEquals("measures", run("x").kind());
    }

    @Test
    void sentAgainItIsTheSame() {
        CreateMeasuresResponse first = orders.create(request("", "mine"));
        assertEquals(first, orders.create(request("", "mine")));
    }

    @Test
    void aWrongOneStartsNothing() {
        CreateMeasuresRequest wrong = request("X!", "").toBuilder().setSpec(SPEC.toBuilder().setPair("pairs/none").setViews(70)).build();
        InvalidRunException refused = assertThrows(InvalidRunException.class, () -> orders.create(wrong));
        assertEquals(
                List.of("run_id", "spec.views"),
                refused.violations().getFieldViolationsList().stream().map(FieldViolation::getField).toList());
        InvalidRunException nowhere = assertThrows(
                InvalidRunException.class,
                () -> orders.create(request("y", "").toBuilder().setSpec(SPEC.toBuilder().setPair("pairs/none")).build()));
        assertEquals("spec.pair", nowhere.violations().getFieldViolations(0).getField());
        assertEquals(true, store.store().catalogue().runs().find("y").isEmpty());
    }

    private RunRecord run(String id) {
        return store.store().catalogue().runs().find(id).orElseThrow();
    }

    private static CreateMeasuresRequest request(String id, String requestId) {
        return CreateMeasuresRequest.newBuilder().setRunId(id).setRequestId(requestId).setSpec(SPEC).build();
    }
}
