package dev.engram.runs;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an earlier attempt of a run can be taken up.
 *
 * @param step position given to {@link RunContext#saveResumePoint}
 * @param directory verified local copy of its files
 * @param engramVersion that saved it; empty for one of before versions were recorded
 */
public record ResumePoint(long step, Path directory, Optional<String> engramVersion) {
    public ResumePoint {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(engramVersion, "engramVersion");
    }

    /** What to throw if its files cannot be read: they are another version's, or else damaged. */
    public RuntimeException unreadable(Exception reason) {
        return engramVersion.equals(Optional.of(EngramVersion.current()))
                ? RunFailure.dataLoss("resume point %d: %s".formatted(step, reason.getMessage()))
                : ofOtherVersion(reason);
    }

    /** What to throw if its files say themselves that they are another version's. */
    public OtherVersionException ofOtherVersion(Exception reason) {
        return new OtherVersionException(
                "the resume point at " + step, engramVersion, "delete the run and make it again, or resume it with that version", reason);
    }
}
