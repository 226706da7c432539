package dev.engram.runs;

import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.PairRecord;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.RunSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** From the names people use, {@code datasets/x}, {@code pairs/y}, to the runs that make what they name. */
public final class Resources {
    private final Catalogue catalogue;

    public Resources(Catalogue catalogue) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
    }

    /**
     * The run that makes a data set, split or encoder, or that {@code runs/x} names, whatever it makes; empty if there is none, or a run of that id makes
     * something else.
     */
    public Optional<RunRecord> findMaker(String resource) {
        return ResourceName.parse(resource).flatMap(name -> catalogue.runs()
                .find(name.id())
                .filter(run -> name.isRun() || name.makers().stream().map(RunTasks::kindName).anyMatch(run.kind()::equals)));
    }

    /** @throws ObjectNotFoundException if there is no such resource */
    public RunRecord maker(String resource) {
        return findMaker(resource).orElseThrow(() -> new ObjectNotFoundException(resource));
    }

    /** The spec of the run that makes a resource. */
    public RunSpec spec(String resource) {
        return RunSpecs.parse(maker(resource).spec());
    }

    /**
     * The spec of the training or import that an encoder's first weights came from: its own, or that of what it was edited or fine-tuned
     * from.
     *
     * @throws ObjectNotFoundException naming the encoder that is gone
     */
    public RunSpec origin(String encoder) {
        return EncoderOrigin.of(encoder, this::spec);
    }

    /** Empty if there is no such pair. */
    public Optional<ResolvedPair> findPair(String pair) {
        return ResourceName.parse(pair)
                .filter(name -> name.collection().equals("pairs"))
                .flatMap(name -> catalogue.pairs().find(name.id()))
                .map(this::resolve);
    }

    /** @throws ObjectNotFoundException if there is no such pair */
    public ResolvedPair pair(String pair) {
        return findPair(pair).orElseThrow(() -> new ObjectNotFoundException(pair));
    }

    /** A pair's row with the names of what belongs to it. */
    public ResolvedPair resolve(PairRecord pair) {
        String split = "splits/" + pair.split();
        return new ResolvedPair(
                "pairs/" + pair.id(),
                "encoders/" + (pair.existing().isEmpty() ? PairCatalogue.candidateId(pair.id()) : pair.existing().getFirst()),
                "encoders/" + (pair.existing().isEmpty() ? PairCatalogue.referenceId(pair.id()) : pair.existing().getLast()),
                split,
                spec(split).getCreateSplit().getDataset());
    }

    /** The runs that must have succeeded before a resource can be read; empty if the resource is not known. */
    Optional<List<String>> dependencies(String resource) {
        Optional<ResolvedPair> pair = findPair(resource);
        if (pair.isPresent()) {
            return Optional.of(pair.get().resources().stream().map(name -> maker(name).id()).toList());
        }
        return findMaker(resource).map(run -> List.of(run.id()));
    }
}
