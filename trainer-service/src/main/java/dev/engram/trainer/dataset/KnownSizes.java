package dev.engram.trainer.dataset;

import static java.util.Objects.requireNonNull;

import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.SplitSummary;
import java.util.Optional;

/**
 * How many images the parts of a split have: those asked for, or where they follow from the data set, those it was made with. A request that comes
 * before the split is made is not refused for want of them: its run waits for the split, and checks then what could not be checked.
 */
public final class KnownSizes {
    private final Resources resources;
    private final ResultFiles files;

    public KnownSizes(Resources resources, ResultFiles files) {
        this.resources = requireNonNull(resources, "resources");
        this.files = requireNonNull(files, "files");
    }

    /**
     * The split's spec if it says the sizes; empty if they follow from the data set. Always the same of one split, made or not: what is stored with a
     * request may depend on it, so that the request can be sent again.
     *
     * @param split {@code splits/x}, which exists
     */
    public Optional<CreateSplitSpec> asked(String split) {
        return Optional.of(spec(split)).filter(spec -> spec.getMakerCase() == CreateSplitSpec.MakerCase.MAKER_NOT_SET);
    }

    /**
     * The split's spec with its sizes; empty if they are known only when it has been made, and it has not.
     *
     * @param split {@code splits/x}, which exists
     */
    public Optional<CreateSplitSpec> of(String split) {
        Optional<CreateSplitSpec> asked = asked(split);
        if (asked.isPresent()) {
            return asked;
        }
        RunRecord maker = resources.maker(split);
        CreateSplitSpec spec = spec(split);
        return files.message(maker.id(), maker.state(), "split", SummaryFile.NAME, SplitSummary.newBuilder())
                .map(made -> spec.toBuilder()
                        .setShared(made.getShared())
                        .setCandidate(made.getCandidate())
                        .setIndependent(made.getIndependent())
                        .setExternal(made.getExternal())
                        .setPublicSet(made.getPublicSet())
                        .build());
    }

    private CreateSplitSpec spec(String split) {
        return RunSpecs.parse(resources.maker(split).spec()).getCreateSplit();
    }
}
