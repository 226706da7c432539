package dev.engram.trainer.checkpoint;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.Store;
import dev.engram.store.artifact.ArtifactFile;
import dev.engram.v1.ExportEncoderRequest;
import dev.engram.v1.ExportedEncoder;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Where the weights of an encoder can be fetched: they are kept as safetensors with PyTorch's names, so nothing is converted. */
public final class EncoderExports {
    private static final Duration VALIDITY = Duration.ofMinutes(10);
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(7);

    private final Store store;
    private final EncoderFiles encoders;

    public EncoderExports(Store store, EncoderFiles encoders) {
        this.store = Objects.requireNonNull(store, "store");
        this.encoders = Objects.requireNonNull(encoders, "encoders");
    }

    /** @throws InvalidRunException with every field that is wrong */
    public ExportedEncoder export(ExportEncoderRequest request) {
        Duration validity = request.hasTtl() ? Duration.ofMillis(Durations.toMillis(request.getTtl())) : VALIDITY;
        FieldViolations violations = new FieldViolations();
        violations.require(
                validity.toSeconds() >= 1 && validity.compareTo(LONGEST_VALIDITY) <= 0, "ttl", "must be 1 second to 7 days, is " + validity);
        violations.require(request.getPart() != ExportEncoderRequest.Part.UNRECOGNIZED, "part", "is not known");
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        EncoderFiles.Made encoder = encoders.get(request.getName(), "name");
        String part = part(request.getPart());
        ArtifactFile file = encoders.file(encoder, part).orElseThrow(() -> Status.FAILED_PRECONDITION
                .withDescription("%s has no %s".formatted(request.getName(), part.replace('_', ' ')))
                .asRuntimeException());
        Instant expiry = Instant.now().plus(validity);
        return ExportedEncoder.newBuilder()
                .setArtifact("artifacts/" + encoder.artifact())
                .setFile(file.name())
                .setSize(file.size())
                .setSha256(file.sha256())
                .setUrl(store.objects().presignedGet(file.blob().key(), validity, Optional.of(file.name())).toString())
                .setExpireTime(Timestamp.newBuilder().setSeconds(expiry.getEpochSecond()).setNanos(expiry.getNano()))
                .setTensors(tensors(encoder, part))
                .build();
    }

    private int tensors(EncoderFiles.Made encoder, String part) {
        try (WeightsFile weights = encoders.weights(encoder, part)) {
            return weights.states().stream().mapToInt(state -> state.tensors().size()).sum();
        }
    }

    private static String part(ExportEncoderRequest.Part part) {
        return switch (part) {
            case PART_UNSPECIFIED, ENCODER, UNRECOGNIZED -> TrainedEncoder.ENCODER;
            case PROJECTOR -> TrainedEncoder.PROJECTOR;
            case AVERAGE_ENCODER -> TrainedEncoder.AVERAGE + TrainedEncoder.ENCODER;
            case AVERAGE_PROJECTOR -> TrainedEncoder.AVERAGE + TrainedEncoder.PROJECTOR;
        };
    }
}
