package dev.engram.runs.testing;

import dev.engram.store.DatabaseSettings;
import dev.engram.store.RetryPolicy;
import dev.engram.store.catalogue.Catalogue;
import java.time.InstantSource;
import java.util.UUID;

/** A catalogue in memory. */
public final class TestCatalogue {
    private TestCatalogue() {}

    public static Catalogue open() {
        DatabaseSettings settings = new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        return new Catalogue(settings, RetryPolicy.standard(), InstantSource.system()).migrate();
    }
}
