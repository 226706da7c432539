package dev.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UploadsTest {
    private final MemoryObjects objects = new MemoryObjects();
    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final Uploads uploads = new Uploads(objects, () -> now);

    @Test
    void everyUploadHasANameOfItsOwn() {
        Uploads.Ticket one = uploads.create(Duration.ofHours(1));
        Uploads.Ticket two = uploads.create(Duration.ofHours(1));

        assertNotEquals(one.name(), two.name());
        assertTrue(Uploads.isName(one.name()), one.name());
        assertEquals("memory:" + one.name(), one.url().toString());
        assertEquals(now.plusSeconds(3600), one.expiry());
    }

    @Test
    void onlyNamesMadeHereAreNames() {
        assertFalse(Uploads.isName("uploads/"));
        assertFalse(Uploads.isName("uploads/../blobs/1-" + "0".repeat(32)));
        assertFalse(Uploads.isName("blobs/1-" + "0".repeat(32)));
        assertFalse(Uploads.isName("uploads/1-" + "0".repeat(32) + "/x"));
    }

    @Test
    void uploadsAreRemovedAfterAWeekAndNothingElseIs() {
        String old = uploads.create(Duration.ofHours(1)).name();
        objects.put(old, new byte[3], "application/octet-stream");
        objects.put("uploads/by-hand", new byte[3], "application/octet-stream");
        now = now.plus(Uploads.KEPT);
        String young = uploads.create(Duration.ofHours(1)).name();
        objects.put(young, new byte[3], "application/octet-stream");
        assertEquals(Set.of(old, "uploads/by-hand", young), objects.content().keySet());

        now = now.plusSeconds(1);
        uploads.create(Duration.ofHours(1));

        assertEquals(Set.of("uploads/by-hand", young), objects.content().keySet());
    }
}
