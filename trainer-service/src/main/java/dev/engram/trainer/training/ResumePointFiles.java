package dev.engram.trainer.training;

import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.train.TrainingCheckpoint;
import dev.engram.encoders.train.TrainingState;
import dev.engram.runs.ResumePoint;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A training state between two steps as the files of a resume point. */
final class ResumePointFiles {
    private final Path folder;

    ResumePointFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes the state in place of the one before; equal states give equal bytes. */
    Map<String, Path> write(TrainingState state) throws IOException {
        TrainingCheckpoint.write(folder, state, "training", Map.of(), Map.of());
        return filesOf(folder);
    }

    /** @throws RuntimeException as {@link ResumePoint#unreadable} says, if a file is not whole or of another version */
    private static TrainingState read(ResumePoint point) throws IOException {
        try {
            TrainingState state = TrainingCheckpoint.read(point.directory());
            if (state.step() != point.step()) {
                long found = state.step();
                state.close();
                throw RunFailure.dataLoss("resume point of step %d holds step %d".formatted(point.step(), found));
            }
            return state;
        } catch (CorruptFileException e) {
            throw point.unreadable(e);
        }
    }

    /** The state to go on from: that of the resume point, which the run's log then names, or the first. */
    static TrainingState begin(RunContext run, Supplier<TrainingState> first) throws IOException {
        Optional<ResumePoint> point = run.resumePoint();
        if (point.isEmpty()) {
            return first.get();
        }
        run.log(LogEntry.Severity.INFO, "taken up again after step " + point.get().step());
        return read(point.get());
    }

    static Map<String, Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), file -> file));
        }
    }
}
