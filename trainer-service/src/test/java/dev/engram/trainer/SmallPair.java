package dev.engram.trainer;

import dev.engram.runs.ResolvedPair;
import dev.engram.trainer.dataset.CreateSplitTask;
import dev.engram.trainer.dataset.RegisterDatasetTask;
import dev.engram.trainer.training.TrainEncoderTask;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A pair trained in this process on 40 shared, 20 candidate and 20 independent composed images. */
public record SmallPair(FolderRun f, FolderRun g) {
    public static SmallPair in(Path folder) throws Exception {
        FolderRun dataset = FolderRun.in(folder, "d", RunSpec.newBuilder()
                        .setRegisterDataset(dataset())
                        .build())
                .execute(new RegisterDatasetTask());
        FolderRun split = dataset.next("s", RunSpec.newBuilder().setCreateSplit(split()).build())
                .with(new ResolvedPair("pairs/p", "encoders/p-f", "encoders/p-g", "splits/s", "datasets/d"))
                .execute(new CreateSplitTask());
        FolderRun f = split.next("p-f", spec(TrainEncoderSpec.Side.CANDIDATE, recipe())).execute(new TrainEncoderTask());
        FolderRun g = split.next("p-g", spec(TrainEncoderSpec.Side.REFERENCE, recipe())).execute(new TrainEncoderTask());
        return new SmallPair(f, g);
    }

    public static RegisterDatasetSpec dataset() {
        return RegisterDatasetSpec.newBuilder()
                .setDisplayName("small")
                .setComposed(ComposedSource.newBuilder().setImages(200).setSeed(1))
                .build();
    }

    public static CreateSplitSpec split() {
        return CreateSplitSpec.newBuilder()
                .setDataset("datasets/d")
                .setSeed(2)
                .setShared(40)
                .setCandidate(20)
                .setIndependent(20)
                .setExternal(20)
                .setPublicSet(60)
                .build();
    }

    public static TrainingRecipe recipe() {
        return TrainingRecipe.newBuilder()
                .setEpochs(2)
                .setBatchSize(20)
                .addProjector(32)
                .addProjector(16)
                .setAugmentation("fashion-grey")
                .setWarmupEpochs(1)
                .setSeed(5)
                .setResumePointSteps(2)
                .build();
    }

    public FolderRun run(String id, TrainEncoderSpec.Side side, TrainingRecipe recipe) throws Exception {
        return f.next(id, training(side, recipe)).execute(new TrainEncoderTask());
    }

    public RunSpec training(TrainEncoderSpec.Side side, TrainingRecipe recipe) {
        return spec(side, recipe);
    }

    private static RunSpec spec(TrainEncoderSpec.Side side, TrainingRecipe recipe) {
        return RunSpec.newBuilder()
                .setTrainEncoder(TrainEncoderSpec.newBuilder().setSplit("splits/s").setSide(side).setRecipe(recipe))
                .build();
    }

    /** SHA-256 of each file of a folder. */
    public static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                digests.put(file.getFileName().toString(), HexFormat.of().formatHex(digest));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return digests;
    }
}
