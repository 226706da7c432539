package dev.engram.testing;

import dev.engram.runs.ResolvedPair;
import dev.engram.runs.ResourceName;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunTasks;
import dev.engram.store.Store;
import dev.engram.store.artifact.ArtifactDraft;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What runs of other services would have left: their rows, and artifacts from folders that a test has written. */
public record PastRuns(Store store) {

    /** A pair whose data set, split and encoders are there. */
    public void pair(ResolvedPair pair, int publicSet, Function<String, Path> folderOf) throws IOException {
        queuedPair(pair, publicSet);
        succeed(pair.dataset(), "dataset", folderOf);
        succeed(pair.split(), "split", folderOf);
        succeed(pair.candidate(), "checkpoint", folderOf);
        succeed(pair.reference(), "checkpoint", folderOf);
    }

    /** A pair of which nothing is there yet but the runs that will make it; its data set may be another pair's too. */
    public void queuedPair(ResolvedPair pair, int publicSet) {
        if (store.catalogue().runs().find(id(pair.dataset())).isEmpty()) {
            store.catalogue().runs().create(run(pair.dataset(), RunSpec.newBuilder()
                    .setRegisterDataset(RegisterDatasetSpec.newBuilder().setDisplayName("past")).build()));
        }
        store.catalogue().runs().create(run(pair.split(), RunSpec.newBuilder()
                .setCreateSplit(CreateSplitSpec.newBuilder().setDataset(pair.dataset()).setPublicSet(publicSet)).build(), pair.dataset()));
        store.catalogue().pairs().create(id(pair.name()), Optional.empty(), id(pair.split()), "{}", List.of(
                run(pair.candidate(), training(pair, TrainEncoderSpec.Side.CANDIDATE), pair.split()),
                run(pair.reference(), training(pair, TrainEncoderSpec.Side.REFERENCE), pair.split())));
    }

    /**
     * A run that has succeeded.
     *
     * @param resource {@code encoders/x}, {@code runs/x} …: the run has its id
     * @param artifacts folders by the role of what it made
     * @param dependencies resources it used
     */
    public void made(String resource, RunSpec spec, Map<String, Path> artifacts, String... dependencies) throws IOException {
        store.catalogue().runs().create(run(resource, spec, dependencies));
        succeed(resource, artifacts);
    }

    private void succeed(String resource, String role, Function<String, Path> folderOf) throws IOException {
        succeed(resource, Map.of(role, folderOf.apply(resource)));
    }

    private void succeed(String resource, Map<String, Path> artifacts) throws IOException {
        RunRecord claimed = store.catalogue().runs().claim(id(resource), 1, "test:1", "cpu").orElseThrow();
        for (Map.Entry<String, Path> artifact : artifacts.entrySet()) {
            String role = artifact.getKey();
            try (ArtifactDraft draft = store.artifacts().draft(role);
                    Stream<Path> files = Files.list(artifact.getValue())) {
                for (Path file : files.toList()) {
                    draft.write(file.getFileName().toString(), "application/octet-stream", Files.readAllBytes(file));
                }
                store.catalogue().artifacts().link(id(resource), role, draft.commit().id());
            }
        }
        store.catalogue().runs().release(claimed.claim(), StateChange.to(State.SUCCEEDED)).orElseThrow();
    }

    private static RunSpec training(ResolvedPair pair, TrainEncoderSpec.Side side) {
        return RunSpec.newBuilder().setTrainEncoder(TrainEncoderSpec.newBuilder().setSplit(pair.split()).setSide(side)).build();
    }

    private static NewRun run(String resource, RunSpec spec, String... dependencies) {
        List<String> ids = Stream.of(dependencies).map(PastRuns::id).toList();
        return new NewRun(id(resource), Optional.empty(), RunTasks.kindName(spec.getTaskCase()), RunSpecs.toJson(spec), ids);
    }

    private static String id(String resource) {
        return ResourceName.parse(resource).orElseThrow().id();
    }
}
