package dev.engram.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertTrue(OWN.matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?(\\+[0-9a-f]{12}(\\.dirty)?)?"), OWN);
        String commit = "3f9a2c1d5e7b".repeat(3) + "0000";
        assertEquals("1.0.0+3f9a2c1d5e7b", EngramVersion.of("1.0.0", commit, "false"));
        assertEquals("1.0.0+3f9a2c1d5e7b.dirty", EngramVersion.of("1.0.0", commit, "true"));
        assertEquals("1.0.0", EngramVersion.of("1.0.0", "${git.commit.id.full}", "${git.dirty}"), "as a source archive is built");
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
