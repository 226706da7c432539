package dev.engram.trainer.probe;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStateException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.dataset.KnownSizes;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeRun;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RunSpec;
import java.util.Objects;
import java.util.Optional;

/** Starts probes of pairs and reads what they found. */
public final class Probes {
    private final Catalogue catalogue;
    private final RunSubmission submission;
    private final Resources resources;
    private final ResultFiles files;

    public Probes(Catalogue catalogue, RunSubmission submission, ResultFiles files) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.submission = Objects.requireNonNull(submission, "submission");
        this.files = Objects.requireNonNull(files, "files");
        this.resources = new Resources(catalogue);
    }

    /** Starts a probe, with k and the split of an encoder filled in. What the split rules out is refused here already, if its sizes are known. */
    public ProbeRun create(CreateProbeRequest request) {
        ProbeSpec spec = withSplit(request.getSpec());
        Optional<String> split = split(spec);
        if (split.isPresent()) {
            Optional<CreateSplitSpec> sizes = new KnownSizes(resources, files).of(split.get());
            FieldViolations violations = new FieldViolations();
            ProbeRules.check(spec, "spec", violations);
            if (sizes.isPresent()) {
                ProbeRules.check(spec, sizes.get().getPublicSet(), "spec", violations);
            }
            if (isOfThePairsImages(spec)) {
                violations.add("spec.split", ProbeRules.sameImages(spec.getSplit()));
            }
            if (!violations.isEmpty()) {
                throw new InvalidRunException(violations);
            }
            spec = sizes.isPresent() ? ProbeRules.fill(spec, sizes.get().getPublicSet()) : spec;
        }
        RunRecord run = submission.submit(
                RunSpec.newBuilder().setProbe(spec).build(), request.getRunId(), request.getRequestId());
        return ProbeRun.newBuilder().setRun("runs/" + run.id()).setSpec(RunSpecs.parse(run.spec()).getProbe()).build();
    }

    /** An encoder without a split is probed with the one that it, or what it was made of, was trained on. */
    private ProbeSpec withSplit(ProbeSpec spec) {
        if (spec.getEncoder().isEmpty() || !spec.getSplit().isEmpty()) {
            return spec;
        }
        if (resources.findMaker(spec.getEncoder()).isEmpty()) {
            return spec;
        }
        String split = resources.origin(spec.getEncoder()).getTrainEncoder().getSplit();
        if (split.isEmpty()) {
            FieldViolations violations = new FieldViolations();
            violations.add("spec.split", "is required: " + spec.getEncoder() + " was not trained on a split");
            throw new InvalidRunException(violations);
        }
        return spec.toBuilder().setSplit(split).build();
    }

    /** Empty if what is to be probed does not exist, which the submission will say. */
    private Optional<String> split(ProbeSpec spec) {
        return spec.getEncoder().isEmpty() && spec.getSplit().isEmpty()
                ? resources.findPair(spec.getPair()).map(ResolvedPair::split)
                : Optional.of(spec.getSplit()).filter(split -> resources.findMaker(split).isPresent());
    }

    private boolean isOfThePairsImages(ProbeSpec spec) {
        return spec.getEncoder().isEmpty()
                && !spec.getSplit().isEmpty()
                && resources.findPair(spec.getPair())
                        .filter(pair -> resources.spec(spec.getSplit()).getCreateSplit().getDataset().equals(pair.dataset()))
                        .isPresent();
    }

    /**
     * @param run {@code runs/x} of a probe
     * @throws RunStateException until it has succeeded
     */
    public ProbeResult result(String run) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("runs", run, "run", violations);
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        RunRecord record = catalogue.runs().get(run.substring("runs/".length()));
        if (!record.kind().equals(RunTasks.kindName(RunSpec.TaskCase.PROBE))) {
            throw new ObjectNotFoundException(run + " of a probe; that one is of kind " + record.kind());
        }
        return files.message(record.id(), record.state(), "result", SummaryFile.RESULT, ProbeResult.newBuilder())
                .orElseThrow(() -> new RunStateException(run + " is " + record.state() + ": it has no result yet"))
                .build();
    }
}
