package dev.engram.store.catalogue;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** What every test of the catalogue has: an empty one, and its clock. */
interface OnCatalogue {

    Catalogue catalogue();

    AtomicReference<Instant> clock();

    default Instant now() {
        return clock().get();
    }

    default Optional<RunRecord> claim(String worker) {
        return catalogue().runs().claimNext(Set.of("probe", "train_encoder"), worker);
    }
}
