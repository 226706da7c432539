package dev.engram.trainer.training;

import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.train.EncoderIdentity;
import dev.engram.runs.EncoderOrigin;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStateException;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What encoders that are still being made will be, as far as that follows from what they are made by. */
public final class PlannedEncoders {
    private final Resources resources;
    private final ResultFiles files;

    public PlannedEncoders(Resources resources, ResultFiles files) {
        this.resources = Objects.requireNonNull(resources, "resources");
        this.files = Objects.requireNonNull(files, "files");
    }

    /** Whether an encoder's checkpoint is there. */
    public boolean isMade(String encoder) {
        return files.artifact(resources.maker(encoder).id(), "checkpoint").isPresent();
    }

    /**
     * What an encoder was made of or is to be made of: the encoder at the beginning of its line that is there, or its training or import. Edits and fine-tunings keep network,
     * input and normalization.
     *
     * @throws RunStateException if a run that is still to make something of it has failed or was cancelled
     */
    public String beginning(String encoder) {
        String name = encoder;
        while (true) {
            RunRecord maker = resources.maker(name);
            if (isMade(name)) {
                return name;
            }
            requireAhead(encoder, maker);
            Optional<String> source = EncoderOrigin.source(RunSpecs.parse(maker.spec()));
            if (source.isEmpty()) {
                return name;
            }
            name = source.get();
        }
    }

    private static void requireAhead(String encoder, RunRecord maker) {
        if (maker.state() == Run.State.FAILED || maker.state() == Run.State.CANCELLED) {
            throw new RunStateException("%s will not be made: runs/%s is %s%s".formatted(
                    encoder, maker.id(), maker.state(), maker.error().map(RunError::getMessage).map(": "::concat).orElse("")));
        }
    }

    /**
     * What a training that has not ended will make.
     *
     * @return empty for an import, which tells by its file, and while the size of the images is not known
     */
    public Optional<EncoderIdentity> identity(String encoder) {
        RunSpec spec = resources.spec(encoder);
        return spec.hasTrainEncoder() ? images(spec.getTrainEncoder()).map(images -> identity(spec.getTrainEncoder(), images)) : Optional.empty();
    }

    private static EncoderIdentity identity(TrainEncoderSpec training, DatasetSummary images) {
        return new EncoderIdentity(
                Networks.encoder(
                        training.getRecipe().getNetwork(), RecipeParts.CHANNELS, images.getHeight(), training.getRecipe().getNetworkOptionsMap()),
                new NoHead(),
                RecipeAugmentation.of(training.getRecipe()),
                OptionalLong.of(training.getRecipe().getSeed()));
    }

    private Optional<DatasetSummary> images(TrainEncoderSpec training) {
        String dataset = training.getDataset().isEmpty() ? resources.spec(training.getSplit()).getCreateSplit().getDataset() : training.getDataset();
        RunRecord packing = resources.maker(dataset);
        return files.message(packing.id(), packing.state(), "dataset", SummaryFile.NAME, DatasetSummary.newBuilder()).map(DatasetSummary.Builder::build);
    }
}
