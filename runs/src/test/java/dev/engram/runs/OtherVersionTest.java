package dev.engram.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a store holds when it was used by an older version of Engram, or by a newer one that was given up again. */
class OtherVersionTest {
    private static final String OWN = EngramVersion.current();

    @Test
    void bothVersionsAreNamed() {
        assertEquals(
                "the result of runs/x was made by another version of Engram (0.1), which this one (" + OWN + ") cannot read: make it again",
                OtherVersionException.ofResult("runs/x", Optional.of("0.1"), null).getMessage());
        assertEquals(
                "the result of runs/x was made by another version of Engram, which this one (" + OWN + ") cannot read: make it again",
                OtherVersionException.ofResult("runs/x", Optional.empty(), null).getMessage());
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertEquals(-1, OWN.indexOf('$'), OWN);
    }

    /** One run of a newer version must not keep a listing from being shown; to execute it would be something else than what was asked for. */
    @Test
    void whatANewerVersionAddedIsLeftOutOfSightButNotExecuted() {
        String added = "{\"unitMem\":{\"pair\":\"pairs/p\",\"newOption\":3}}";
        assertEquals("pairs/p", RunSpecs.parse(added).getUnitMem().getPair());
        assertThrows(OtherVersionException.class, () -> RunSpecs.parseExactly(added));
        assertEquals(RunSpec.TaskCase.TASK_NOT_SET, RunSpecs.parse("{\"newKind\":{\"pair\":\"pairs/p\"}}").getTaskCase());
    }

    @Test
    void aResumePointThatCannotBeReadIsDamagedOnlyIfThisVersionSavedIt() {
        IOException reason = new IOException("state.bin ends early");
        RunFailure damaged = (RunFailure) new ResumePoint(7, Path.of("x"), Optional.of(OWN)).unreadable(reason);
        assertEquals(RunError.Category.DATA_LOSS, damaged.category());
        assertEquals("resume point 7: state.bin ends early", damaged.getMessage());
        assertEquals(
                "the resume point at 7 was made by another version of Engram (0.1), which this one (" + OWN
                        + ") cannot read: delete the run and make it again, or resume it with that version",
                new ResumePoint(7, Path.of("x"), Optional.of("0.1")).unreadable(reason).getMessage());
    }
}
