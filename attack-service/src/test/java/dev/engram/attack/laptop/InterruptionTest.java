package dev.engram.attack.laptop;

import dev.engram.attack.trace.StoredAttack;
import dev.engram.testing.InterruptionContract;
import dev.engram.testing.Laptop;
import dev.engram.testing.LaptopSettings;
import dev.engram.v1.AttackSweepSpec;
import dev.engram.testing.PastRuns;
import dev.engram.v1.AuditSpec;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SweptAttack;
import dev.engram.v1.TracedPruningSpec;
import dev.engram.v1.TracedVariant;
import dev.engram.v1.UnitMemSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest extends InterruptionContract {
    @TempDir
    static Path home;

    private Laptop laptop;

    @BeforeAll
    void start() throws Exception {
        laptop = new Laptop(home, LaptopSettings.standard().withSlots(2));
        AttackedLaptop.prepare(laptop);
        laptop.submit("attacked", RunSpec.newBuilder().setDejaVu(attack().toBuilder().setProbeControl(true)).build());
        laptop.await("attacked", State.SUCCEEDED);
        PastRuns past = new PastRuns(laptop.store());
        UnitMemSpec units = UnitMemSpec.newBuilder().setPair(AttackedLaptop.PAIR.name()).build();
        past.made("runs/units", RunSpec.newBuilder().setUnitMem(units).build(), Map.of());
        EditEncoderSpec edit = EditEncoderSpec.newBuilder().setSource(AttackedLaptop.PAIR.candidate()).build();
        past.made(
                "encoders/edited",
                RunSpec.newBuilder().setEditEncoder(edit).build(),
                Map.of("result", StoredAttack.edit(home.resolve("edit"), List.of(1), List.of())));
    }

    @AfterAll
    void stop() throws Exception {
        laptop.close();
    }

    @Override
    protected Laptop laptop() {
        return laptop;
    }

    @Override
    protected Stream<Kind> kinds() {
        OneModelSpec alone = OneModelSpec.newBuilder().setPair(AttackedLaptop.PAIR.name()).setResamples(300).build();
        AttackSweepSpec sweep = AttackSweepSpec.newBuilder().addAttacks(SweptAttack.newBuilder().setDejaVu("runs/attacked")).build();
        return Stream.of(
                new Kind(RunSpec.newBuilder().setDejaVu(attack()).build(), "result", Middle.COUNTED),
                new Kind(RunSpec.newBuilder().setOneModel(alone).build(), "result", Middle.COUNTED),
                new Kind(
                        RunSpec.newBuilder().setAudit(AuditSpec.newBuilder().addRuns("runs/attacked")).build(),
                        "result",
                        Middle.HELD),
                new Kind(RunSpec.newBuilder().setAttackSweep(sweep).build(), "result", Middle.HELD),
                new Kind(RunSpec.newBuilder().setTracedPruning(traced()).build(), "result", Middle.HELD));
    }

    /** The same attack stands for all. */
    private static TracedPruningSpec traced() {
        TracedVariant variant = TracedVariant.newBuilder().setEncoder("encoders/edited").setAttack("runs/attacked").build();
        return TracedPruningSpec.newBuilder()
                .setBefore("runs/attacked")
                .setUnitMem("runs/units")
                .setPruned(variant)
                .addControls(variant)
                .addImages(0)
                .build();
    }

    private static DejaVuSpec attack() {
        return DejaVuSpec.newBuilder().setPair(AttackedLaptop.PAIR.name()).setResamples(300).build();
    }
}
