package dev.engram.trainer.checkpoint;

import dev.engram.encoders.checkpoint.StoredState;
import dev.engram.encoders.checkpoint.StoredTensor;
import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.importing.ImportPlan;
import dev.engram.encoders.importing.StateMatch;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.StateSpec;
import dev.engram.store.Blob;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.KeyMatch;
import dev.engram.v1.NetworkMatch;
import dev.engram.v1.TensorDescription;
import java.util.Arrays;
import java.util.List;

/** What a person is told of a file of weights. */
final class Reports {
    private static final int MOST_ROWS = 1000;

    private Reports() {}

    /** @param digest of the file's bytes */
    static CheckpointReport of(WeightsFile file, Blob digest, ImportPlan plan) {
        CheckpointReport.Builder report = CheckpointReport.newBuilder()
                .setFormat(file.format().toString())
                .setSize(digest.size())
                .setSha256(digest.sha256())
                .setContainer(plan.state().container())
                .addAllOtherContainers(file.states().stream()
                        .map(StoredState::container)
                        .filter(container -> !container.equals(plan.state().container()))
                        .limit(MOST_ROWS)
                        .toList())
                .addAllForeignClasses(file.foreign().stream().limit(MOST_ROWS).toList())
                .addAllNearest(plan.nearest().stream().map(Reports::near).toList())
                .addAllProjector(plan.projector().map(Projector::widths).orElse(List.of()))
                .addAllNotes(plan.notes());
        plan.match().ifPresentOrElse(match -> describe(match, report), () -> plan.state().tensors().values().stream()
                .limit(MOST_ROWS)
                .forEach(tensor -> report.addUnexpected(tensor(tensor))));
        if (plan.match().isEmpty()) {
            report.setUnexpectedTotal(plan.state().tensors().size());
        }
        return report.build();
    }

    private static void describe(StateMatch match, CheckpointReport.Builder report) {
        report.setPrefix(match.prefix())
                .setNetwork(match.network().name())
                .putAllNetworkOptions(match.network().options())
                .setChannels(Math.toIntExact(match.network().input().get(0)))
                .setSide(Math.toIntExact(match.network().input().get(1)))
                .setLoadedTotal(match.loaded().size())
                .setMissingTotal(match.missing().size())
                .setMismatchedTotal(match.mismatched().size())
                .setUnexpectedTotal(match.unexpected().size())
                .setStrictOk(match.isStrict());
        match.loaded().stream().limit(MOST_ROWS).forEach(found -> report.addLoaded(key(found)));
        match.mismatched().stream()
                .limit(MOST_ROWS)
                .forEach(found -> report.addMismatched(key(found).toBuilder().addAllExpectedShape(found.place().shape())));
        match.missing().stream().limit(MOST_ROWS).forEach(place -> report.addMissing(place(place)));
        match.unexpected().stream().limit(MOST_ROWS).forEach(tensor -> report.addUnexpected(tensor(tensor)));
        match.heads().stream().limit(MOST_ROWS).forEach(tensor -> report.addHeads(tensor(tensor)));
    }

    private static KeyMatch key(dev.engram.encoders.importing.KeyMatch found) {
        return KeyMatch.newBuilder()
                .setKey(found.tensor().name())
                .setName(found.place().name())
                .setType(found.tensor().type().name())
                .addAllShape(shape(found.tensor()))
                .build();
    }

    private static NetworkMatch near(StateMatch match) {
        return NetworkMatch.newBuilder()
                .setNetwork(match.network().name())
                .putAllNetworkOptions(match.network().options())
                .setSide(Math.toIntExact(match.network().input().get(1)))
                .setLoaded(match.loaded().size())
                .setMissing(match.missing().size())
                .setUnexpected(match.unexpected().size())
                .setMismatched(match.mismatched().size())
                .setCoverage(match.coverage())
                .build();
    }

    static TensorDescription place(StateSpec place) {
        return TensorDescription.newBuilder()
                .setName(place.name())
                .setType(switch (place.type()) {
                    case FLOAT32 -> "F32";
                    case FLOAT64 -> "F64";
                    case INT64 -> "I64";
                    case INT32 -> "I32";
                    case UINT8 -> "U8";
                    case BOOL -> "BOOL";
                })
                .addAllShape(place.shape())
                .setParameter(place.role() == StateSpec.Role.PARAMETER)
                .build();
    }

    private static TensorDescription tensor(StoredTensor tensor) {
        return TensorDescription.newBuilder()
                .setName(tensor.name())
                .setType(tensor.type().name())
                .addAllShape(shape(tensor))
                .build();
    }

    private static List<Long> shape(StoredTensor tensor) {
        return Arrays.stream(tensor.shape()).boxed().toList();
    }
}
