package dev.engram.runs;

import dev.engram.v1.RunSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name such as {@code splits/x}: a collection and an id.
 *
 * @param collection {@code runs}, {@code datasets}, {@code splits}, {@code encoders} or {@code pairs}
 * @param id {@code [a-z0-9-]}, 1 to 63 characters, first and last no hyphen
 */
public record ResourceName(String collection, String id) {
    /** What an id must be, for messages. */
    static final String ID_RULE = "lower-case letters, digits and hyphens, first and last no hyphen, at most 63 characters";

    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("(runs|datasets|splits|encoders|pairs)/(" + ID.pattern() + ")");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int RANDOM_LENGTH = 10;
    private static final int DIGEST_BYTES = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Map<String, Set<RunSpec.TaskCase>> MAKERS = Map.of(
            "datasets", Set.of(RunSpec.TaskCase.REGISTER_DATASET),
            "splits", Set.of(RunSpec.TaskCase.CREATE_SPLIT),
            "encoders", Set.of(RunSpec.TaskCase.TRAIN_ENCODER, RunSpec.TaskCase.IMPORT_ENCODER, RunSpec.TaskCase.EDIT_ENCODER, RunSpec.TaskCase.FINE_TUNE));

    /** Empty if the text is not such a name. */
    public static Optional<ResourceName> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(new ResourceName(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** @throws IllegalArgumentException unless the text is a name of that collection */
    public static String idOf(String collection, String name) {
        return parse(name)
                .filter(parsed -> parsed.collection().equals(collection))
                .map(ResourceName::id)
                .orElseThrow(() -> new IllegalArgumentException("not a name of " + collection + ": " + name));
    }

    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** Whether it names a run itself, which stands for the run's {@code result}. */
    public boolean isRun() {
        return collection.equals("runs");
    }

    /** The kinds of runs that make resources of this collection; none for runs and pairs. The resource and its run share their id. */
    public Set<RunSpec.TaskCase> makers() {
        return MAKERS.getOrDefault(collection, Set.of());
    }

    /** The id of what a request makes that names none: always the same for one request id, a new one without. */
    public static String idOfRequest(String prefix, String requestId) {
        if (requestId.isEmpty()) {
            return newId(prefix);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(requestId.getBytes(StandardCharsets.UTF_8));
            return prefix + "-" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A new id that says what it is of: {@code layer-mem-k3v…}; 50 random bits. */
    public static String newId(String prefix) {
        StringBuilder id = new StringBuilder(prefix).append('-');
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    @Override
    public String toString() {
        return collection + "/" + id;
    }
}
