package dev.engram.trainer.checkpoint;

import dev.engram.encoders.checkpoint.StateComparison;
import dev.engram.encoders.checkpoint.StateComparison.TensorComparison;
import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.v1.CompareEncodersRequest;
import dev.engram.v1.EncoderComparison;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** How the weights of two encoders differ. Cost: one read of both. */
public final class EncoderComparisons {
    private final EncoderFiles encoders;

    public EncoderComparisons(EncoderFiles encoders) {
        this.encoders = Objects.requireNonNull(encoders, "encoders");
    }

    public EncoderComparison compare(CompareEncodersRequest request) {
        EncoderFiles.Made first = encoders.get(request.getFirst(), "first");
        EncoderFiles.Made second = encoders.get(request.getSecond(), "second");
        try (WeightsFile a = encoders.weights(first, TrainedEncoder.ENCODER);
                WeightsFile b = encoders.weights(second, TrainedEncoder.ENCODER)) {
            return message(request, StateComparison.of(a.states(), b.states()));
        }
    }

    private static EncoderComparison message(CompareEncodersRequest request, StateComparison comparison) {
        return EncoderComparison.newBuilder()
                .setFirst(request.getFirst())
                .setSecond(request.getSecond())
                .addAllTensors(comparison.tensors().stream().map(EncoderComparisons::message).toList())
                .setRelativeDifference(comparison.relativeDifference())
                .setCosine(comparison.cosine())
                .setEqual(comparison.count(StateComparison.Kind.EQUAL))
                .setDifferent(comparison.count(StateComparison.Kind.DIFFERENT))
                .setReshaped(comparison.count(StateComparison.Kind.RESHAPED))
                .setOnlyFirst(comparison.count(StateComparison.Kind.ONLY_FIRST))
                .setOnlySecond(comparison.count(StateComparison.Kind.ONLY_SECOND))
                .build();
    }

    private static dev.engram.v1.TensorComparison message(TensorComparison tensor) {
        return dev.engram.v1.TensorComparison.newBuilder()
                .setName(tensor.name())
                .setKind(dev.engram.v1.TensorComparison.Kind.valueOf(tensor.kind().name()))
                .addAllFirstShape(shape(tensor.firstShape()))
                .addAllSecondShape(shape(tensor.secondShape()))
                .setRelativeDifference(tensor.relativeDifference())
                .setLargestDifference(tensor.largest())
                .setCosine(tensor.cosine())
                .setFirstNorm(Math.sqrt(tensor.firstSquares()))
                .setSecondNorm(Math.sqrt(tensor.secondSquares()))
                .build();
    }

    private static List<Long> shape(long[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}
