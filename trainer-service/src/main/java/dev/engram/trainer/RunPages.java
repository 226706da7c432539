package dev.engram.trainer;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.Page;
import dev.engram.store.catalogue.RunFilter;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.RunSpec;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists the runs of one kind, page by page, newest first. */
public final class RunPages {
    private static final int DEFAULT_SIZE = 50;
    private static final int LARGEST_SIZE = 1000;

    private RunPages() {}

    public static Page<RunRecord> of(Catalogue catalogue, RunSpec.TaskCase kind, int pageSize, String pageToken) {
        return of(catalogue, Set.of(kind), pageSize, pageToken);
    }

    /** The same of several kinds together. */
    public static Page<RunRecord> of(Catalogue catalogue, Set<RunSpec.TaskCase> kinds, int pageSize, String pageToken) {
        Set<String> names = kinds.stream().map(RunTasks::kindName).collect(Collectors.toUnmodifiableSet());
        RunFilter filter = new RunFilter(Set.of(), names, Optional.empty());
        return catalogue.runs().list(filter, size(pageSize), pageToken);
    }

    /**
     * @param asked 0 for the default
     * @throws InvalidRunException if negative; more than 1000 is taken as 1000 (AIP-158)
     */
    public static int size(int asked) {
        if (asked < 0) {
            FieldViolations violations = new FieldViolations();
            violations.add("page_size", "must be at least 0, is " + asked);
            throw new InvalidRunException(violations);
        }
        return asked == 0 ? DEFAULT_SIZE : Math.min(asked, LARGEST_SIZE);
    }
}
