package dev.engram.store;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that clients put into the store themselves, each under a name made here: {@code uploads/{seconds}-{random}}, the seconds since 1970
 * being those of its making. Nothing is known of such a file until somebody reads it. After {@link #KEPT} it is removed, at the next upload.
 */
public final class Uploads {
    /** The most one HTTP PUT can carry in S3. */
    public static final long MAX_BYTES = 5L << 30;

    /** How long an upload can be used. */
    public static final Duration KEPT = Duration.ofDays(7);

    private static final String PREFIX = "uploads/";
    private static final Pattern NAME = Pattern.compile("uploads/([0-9]{1,12})-[0-9a-f]{32}");
    private static final int RANDOM_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ObjectStore objects;
    private final InstantSource clock;

    public Uploads(ObjectStore objects, InstantSource clock) {
        this.objects = Objects.requireNonNull(objects, "objects");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Where to put one file.
     *
     * @param name {@code uploads/…}, which is also the object's key
     * @param url for one HTTP PUT
     * @param expiry of the URL
     */
    public record Ticket(String name, URI url, Instant expiry) {}

    /** Whether a text is the name of an upload. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * A new name and the URL that writes it. Cost: one listing of all uploads, and one request for each that is removed.
     *
     * @param validity of the URL, 1 second to 7 days
     */
    public Ticket create(Duration validity) {
        removeOld();
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        Instant now = clock.instant();
        String name = PREFIX + now.getEpochSecond() + "-" + HexFormat.of().formatHex(random);
        return new Ticket(name, objects.presignedPut(name, validity), now.plus(validity));
    }

    private void removeOld() {
        long oldest = clock.instant().minus(KEPT).getEpochSecond();
        for (ObjectStore.ObjectSummary object : objects.list(PREFIX)) {
            Matcher name = NAME.matcher(object.key());
            if (name.matches() && Long.parseLong(name.group(1)) < oldest) {
                objects.delete(object.key());
            }
        }
    }
}
