package dev.engram.metrics.intervention;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.metrics.task.ResultJson;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes an encoder of another: prunes units, exchanges layers, or restores all but one unit. Takes about as long as reading and writing the
 * weights; an attempt that was cut short begins again.
 */
public final class EditEncoderTask implements RunTask {
    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.EDIT_ENCODER;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        EditRules.check(spec.getEditEncoder(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        EditEncoderSpec edit = spec.getEditEncoder();
        String other = switch (edit.getEditCase()) {
            case PRUNE -> edit.getPrune().getUnitMem();
            case EXCHANGE -> edit.getExchange().getOther();
            case RESTORE -> edit.getRestore().getTuned();
            case EDIT_NOT_SET -> "";
        };
        return other.isEmpty() ? List.of(edit.getSource()) : List.of(edit.getSource(), other);
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        EditEncoderSpec spec = run.spec().getEditEncoder();
        run.progress("reading the encoder", 0, 0, "tensor", Map.of());
        try (TrainedEncoder source = Inputs.encoder(run, spec.getSource());
                StateDict state = source.state().copy()) {
            run.checkStop();
            EditRecord record = new StateEditor(run, source).apply(spec, state);
            run.progress("storing the encoder", 0, 0, "tensor", Map.of());
            Path folder = run.scratch().resolve("checkpoint");
            String digest = source.writeChanged(folder, state, record.details()).sha256(TrainedEncoder.ENCODER);
            Map<String, Path> files = Map.of(
                    ResultJson.FILE_NAME,
                    ResultJson.write(record.message().toBuilder().setResultSha256(digest).build(), run.scratch()),
                    EditRecord.UNITS,
                    record.writeUnits(run.scratch()));
            run.publish("result", "encoder-edit", files);
            run.publish("checkpoint", "checkpoint", filesOf(folder));
        }
    }

    static Map<String, Path> filesOf(Path folder) throws IOException {
        Map<String, Path> files = new HashMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(file -> files.put(file.getFileName().toString(), file));
        }
        return files;
    }
}
