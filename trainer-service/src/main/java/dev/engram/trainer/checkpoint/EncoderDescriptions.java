package dev.engram.trainer.checkpoint;

import com.google.protobuf.ByteString;
import dev.engram.encoders.checkpoint.StoredTensor;
import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.image.FilterSheet;
import dev.engram.encoders.network.DinoHead;
import dev.engram.encoders.network.MsnHead;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.train.EncoderIdentity;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.store.Store;
import dev.engram.store.catalogue.RunFilter;
import dev.engram.v1.ChannelNormalization;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.EncoderEdit;
import dev.engram.v1.FilterPicture;
import dev.engram.v1.FineTuneResult;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What an encoder is and where it comes from. Cost: a few queries, and one read of its checkpoint if it is not in the local cache. */
public final class EncoderDescriptions {
    private static final int MOST_RUNS = 100;

    private final Store store;
    private final EncoderFiles encoders;
    private final Resources resources;

    public EncoderDescriptions(Store store, EncoderFiles encoders) {
        this.store = Objects.requireNonNull(store, "store");
        this.encoders = Objects.requireNonNull(encoders, "encoders");
        this.resources = new Resources(store.catalogue());
    }

    /** @param name {@code encoders/x} */
    public EncoderDescription describe(String name) {
        EncoderFiles.Made encoder = encoders.get(name, "name");
        Network network = encoder.identity().network();
        EncoderDescription.Builder description = EncoderDescription.newBuilder()
                .setName(name)
                .setRun("runs/" + encoder.run().id())
                .setCheckpoint("artifacts/" + encoder.artifact())
                .setWeightsSha256(encoders.file(encoder, TrainedEncoder.ENCODER).orElseThrow().sha256())
                .setArchitecture(NetworkDescriptions.architecture(network))
                .setNormalization(ChannelNormalization.newBuilder()
                        .addAllMean(encoder.identity().normalization().mean())
                        .addAllStd(encoder.identity().normalization().deviation()))
                .setAugmentation(encoder.identity().augmentation().name())
                .addAllProjector(widths(encoder.identity()))
                .setProjectorParameters(
                        StateLayout.of(encoder.identity().model()).parameterCount() - StateLayout.of(network).parameterCount())
                .setAverage(encoder.has(TrainedEncoder.AVERAGE + TrainedEncoder.ENCODER))
                .setStep(encoder.manifest().step())
                .putAllSeeds(encoder.manifest().seeds())
                .addAllUsedBy(usedBy(encoder.run().id()));
        firstLayer(encoder, network).ifPresent(description::setFirstLayer);
        lineage(encoder, description);
        return description.build();
    }

    private void lineage(EncoderFiles.Made encoder, EncoderDescription.Builder description) {
        RunSpec spec = RunSpecs.parse(encoder.run().spec());
        if (spec.hasImportEncoder()) {
            description.setImport(spec.getImportEncoder());
        }
        if (spec.hasTrainEncoder()) {
            description.setTraining(spec.getTrainEncoder());
        }
        if (spec.hasEditEncoder()) {
            description.setEdit(spec.getEditEncoder());
            encoders.result(encoder, EncoderEdit.newBuilder()).ifPresent(description::setChanges);
        }
        if (spec.hasFineTune()) {
            description.setFineTune(spec.getFineTune());
            encoders.result(encoder, FineTuneResult.newBuilder()).ifPresent(result -> description
                    .setFineTuneResult(result.build().toBuilder().clearChanges())
                    .setChanges(result.getChanges()));
        }
        TrainEncoderSpec training = resources.origin(encoder.name()).getTrainEncoder();
        description.setSplit(training.getSplit()).setDataset(training.getDataset());
        if (!training.getSplit().isEmpty()) {
            description.setDataset(resources.spec(training.getSplit()).getCreateSplit().getDataset());
        }
        store.catalogue().pairs().list(1000, "").items().stream()
                .map(resources::resolve)
                .filter(pair -> pair.candidate().equals(encoder.name()) || pair.reference().equals(encoder.name()))
                .forEach(pair -> description.addPairs(pair.name()));
    }

    private static List<Integer> widths(EncoderIdentity identity) {
        return switch (identity.projector()) {
            case Projector projector -> projector.widths();
            case DinoHead dino -> List.of(dino.hidden(), dino.bottleneck(), dino.outputs());
            case MsnHead msn -> List.of(msn.hidden(), msn.width());
            default -> List.of();
        };
    }

    private List<String> usedBy(String runId) {
        RunFilter filter = new RunFilter(Set.of(), Set.of(), Optional.of(runId));
        return store.catalogue().runs().list(filter, MOST_RUNS, "").items().stream().map(run -> "runs/" + run.id()).toList();
    }

    /** The filters of the first layer, where it is a convolution of images. */
    private Optional<FilterPicture> firstLayer(EncoderFiles.Made encoder, Network network) {
        Optional<StateSpec> first = StateLayout.of(network).state().stream()
                .filter(place -> place.shape().size() == 4 && place.shape().get(1) == encoder.identity().channels())
                .findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        try (WeightsFile weights = encoders.weights(encoder, TrainedEncoder.ENCODER)) {
            StoredTensor filters = weights.states().getFirst().tensors().get(first.get().name());
            float[] values = new float[Math.toIntExact(filters.elements())];
            filters.read().asFloatBuffer().get(values);
            FilterSheet sheet = FilterSheet.of(values, first.get().shape());
            return Optional.of(FilterPicture.newBuilder()
                    .setPath(first.get().name().replaceFirst("\\.weight$", ""))
                    .setFilters(sheet.filters())
                    .setColumns(sheet.columns())
                    .setCell(sheet.cell())
                    .setPng(ByteString.copyFrom(sheet.png()))
                    .build());
        }
    }
}
