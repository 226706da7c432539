package dev.engram.runs;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where an earlier attempt of a run can be taken up.
 *
 * @param step position given to {@link RunContext#saveResumePoint}
 * @param directory verified local copy of its files
 */
public record ResumePoint(long step, Path directory) {
    public ResumePoint {
        Objects.requireNonNull(directory, "directory");
    }
}
