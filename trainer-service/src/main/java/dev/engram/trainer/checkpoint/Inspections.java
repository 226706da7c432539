package dev.engram.trainer.checkpoint;

import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.importing.ImportPlan;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.Blob;
import dev.engram.store.NamedObjects;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.Sha256;
import dev.engram.store.Store;
import dev.engram.store.StoreRefusedException;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.InspectCheckpointRequest;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Looks into files of weights without making anything of them. Cost: one read of the file, and a copy of it if it is in the store. */
public final class Inspections {
    private final NamedObjects objects;

    public Inspections(Store store) {
        this.objects = new NamedObjects(Objects.requireNonNull(store, "store").objects());
    }

    /**
     * What is in the file and how it fits.
     *
     * @throws InvalidRunException with every field that is wrong
     * @throws ObjectNotFoundException if there is no such file
     */
    public CheckpointReport inspect(InspectCheckpointRequest request) {
        FieldViolations violations = new FieldViolations();
        ImportRules.checkSource(request.getSource(), "source", violations);
        ImportRules.checkReading(request.getReading(), "reading", violations);
        ImportRules.checkNetwork(request.getNetwork(), request.getNetworkOptionsMap(), request.getSide(), "", violations);
        requireValid(violations);
        try {
            return read(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CheckpointReport read(InspectCheckpointRequest request) throws IOException {
        CheckpointSource source = request.getSource();
        String name = ImportEncoderTask.name(source);
        if (source.getSourceCase() == CheckpointSource.SourceCase.PATH) {
            Path path = Path.of(name);
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw new ObjectNotFoundException("a readable file " + name);
            }
            return report(request, path, Sha256.of(path));
        }
        Path copy = Files.createTempFile("engram-inspect-", ".weights");
        try {
            return report(request, copy, objects.copy(name, copy, bytes -> {}));
        } catch (StoreRefusedException e) {
            FieldViolations violations = new FieldViolations();
            violations.add("source." + source.getSourceCase().name().toLowerCase(Locale.ROOT), e.getMessage());
            throw new InvalidRunException(violations);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static CheckpointReport report(InspectCheckpointRequest request, Path path, Blob digest) throws IOException {
        try (WeightsFile file = WeightsFile.open(path)) {
            ImportPlan plan = ImportPlan.of(file, ImportRules.question(
                    request.getReading(), request.getNetwork(), request.getNetworkOptionsMap(), request.getSide()));
            return Reports.of(file, digest, plan);
        } catch (CorruptFileException e) {
            String problem = e.getMessage().replace(path.toString(), ImportEncoderTask.name(request.getSource()));
            throw Status.FAILED_PRECONDITION.withDescription(problem).asRuntimeException();
        } catch (IllegalArgumentException e) {
            FieldViolations violations = new FieldViolations();
            int colon = e.getMessage().indexOf(": ");
            violations.add(colon < 0 ? "source" : e.getMessage().substring(0, colon), e.getMessage().substring(colon < 0 ? 0 : colon + 2));
            throw new InvalidRunException(violations);
        }
    }

    private static void requireValid(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }
}
