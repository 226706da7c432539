package dev.engram.trainer.training;

import dev.engram.runs.EncoderOrigin;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.Page;
import dev.engram.store.catalogue.PairRecord;
import dev.engram.store.catalogue.RunFilter;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.RunPages;
import dev.engram.v1.ListPairsRequest;
import dev.engram.v1.ListPairsResponse;
import dev.engram.v1.Pair;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pairs by name, with what belongs to each and what was done with it. */
public final class Pairs {
    /** Of one pair's measures, the newest this many are named. */
    private static final int MOST_RUNS = 1000;

    private static final Set<String> MEASURES = Stream.of(
                    RunSpec.TaskCase.PROBE, RunSpec.TaskCase.LAYER_MEM, RunSpec.TaskCase.UNIT_MEM, RunSpec.TaskCase.CLASS_MEM, RunSpec.TaskCase.INVARIANCE, RunSpec.TaskCase.DEJA_VU, RunSpec.TaskCase.ONE_MODEL)
            .map(RunTasks::kindName)
            .collect(Collectors.toUnmodifiableSet());

    private final Catalogue catalogue;
    private final Resources resources;

    public Pairs(Catalogue catalogue) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.resources = new Resources(catalogue);
    }

    /** @param name {@code pairs/x} */
    public Pair get(String name) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("pairs", name, "name", violations);
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        return pair(catalogue.pairs().get(name.substring("pairs/".length())));
    }

    public ListPairsResponse list(ListPairsRequest request) {
        Page<PairRecord> page = catalogue.pairs().list(RunPages.size(request.getPageSize()), request.getPageToken());
        return ListPairsResponse.newBuilder()
                .addAllPairs(page.items().stream().map(this::pair).toList())
                .setNextPageToken(page.nextPageToken().orElse(""))
                .build();
    }

    Pair pair(PairRecord record) {
        ResolvedPair names = resources.resolve(record);
        Pair.Builder pair = Pair.newBuilder()
                .setName(names.name())
                .setSplit(names.split())
                .setDataset(names.dataset())
                .setCandidate(names.candidate())
                .setReference(names.reference())
                .addAllRuns(measures(names));
        if (record.existing().isEmpty()) {
            pair.setRecipe(RunSpecs.parse(record.recipe(), TrainingRecipe.newBuilder()));
        } else {
            source(names.candidate()).ifPresent(pair::setCandidateSource);
            source(names.reference()).ifPresent(pair::setReferenceSource);
        }
        return pair.build();
    }

    /** What an encoder was made of; empty also if it is there no more. */
    private Optional<String> source(String encoder) {
        return resources.findMaker(encoder).flatMap(run -> EncoderOrigin.source(RunSpecs.parse(run.spec())));
    }

    /** Its candidate may belong to several pairs: those count whose spec names this one. */
    private List<String> measures(ResolvedPair pair) {
        String candidate = pair.candidate().substring("encoders/".length());
        RunFilter filter = new RunFilter(Set.of(), MEASURES, Optional.of(candidate));
        return catalogue.runs().list(filter, MOST_RUNS, "").items().stream()
                .filter(run -> run.spec().contains('"' + pair.name() + '"'))
                .map(run -> "runs/" + run.id())
                .toList();
    }
}
