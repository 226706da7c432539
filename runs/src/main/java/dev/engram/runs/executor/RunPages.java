package dev.engram.runs.executor;

import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.Page;
import dev.engram.store.catalogue.RunFilter;
import dev.engram.store.catalogue.RunRecord;
import java.util.function.Consumer;

/** Walks a listing of runs to its end. */
final class RunPages {
    private static final int PAGE = 1000;

    private RunPages() {}

    static void forEach(Catalogue catalogue, RunFilter filter, Consumer<RunRecord> action) {
        String token = "";
        do {
            Page<RunRecord> page = catalogue.runs().list(filter, PAGE, token);
            page.items().forEach(action);
            token = page.nextPageToken().orElse("");
        } while (!token.isEmpty());
    }
}
