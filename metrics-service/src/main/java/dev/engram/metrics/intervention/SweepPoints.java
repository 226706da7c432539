package dev.engram.metrics.intervention;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.engram.metrics.task.ResultJson;
import dev.engram.runs.ResumePoint;
import dev.engram.runs.RunContext;
import dev.engram.v1.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** Keeps what a sweep has found after each of its steps, so that an attempt that was cut short costs one step. */
final class SweepPoints {
    private SweepPoints() {}

    /** Fills {@code builder} with what an earlier attempt found, and returns how many steps that were; 0 at a first start. */
    static int resume(RunContext run, Message.Builder builder) throws IOException {
        Optional<ResumePoint> point = run.resumePoint();
        if (point.isEmpty()) {
            return 0;
        }
        try {
            ResultJson.read(Files.readString(point.get().directory().resolve(ResultJson.FILE_NAME)), builder);
        } catch (InvalidProtocolBufferException e) {
            throw point.get().unreadable(e);
        }
        run.log(LogEntry.Severity.INFO, "taken up again after %d probed encoders".formatted(point.get().step()));
        return Math.toIntExact(point.get().step());
    }

    /** Saves, and ends the run here if it shall. */
    static void after(RunContext run, int steps, Message found) throws IOException {
        run.saveResumePoint(steps, Map.of(ResultJson.FILE_NAME, ResultJson.write(found, run.scratch())));
        run.checkStop();
    }
}
