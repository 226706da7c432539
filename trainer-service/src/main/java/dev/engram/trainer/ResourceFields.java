package dev.engram.trainer;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;

/** Checks fields that hold a resource's name or id. */
public final class ResourceFields {
    private static final String ID = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

    private ResourceFields() {}

    /** Reports a name that is missing or not {@code collection/id}. */
    public static void require(String collection, String name, String field, FieldViolations violations) {
        if (name.isEmpty()) {
            violations.add(field, "is required: " + collection + "/…");
            return;
        }
        violations.require(
                name.matches(collection + "/[a-z0-9-]{1,63}"),
                field,
                "must be %s/ and 1 to 63 of [a-z0-9-], is \"%s\"".formatted(collection, name));
    }

    /**
     * The id of the run that {@code runs/x} or {@code encoders/x} is about.
     *
     * @throws InvalidRunException if the field {@code name} is neither
     */
    public static String runOfEncoder(String name) {
        return ResourceName.parse(name)
                .filter(parsed -> parsed.collection().equals("runs") || parsed.collection().equals("encoders"))
                .orElseThrow(() -> {
                    FieldViolations violations = new FieldViolations();
                    violations.add("name", "must be runs/… or encoders/…, is \"" + name + "\"");
                    return new InvalidRunException(violations);
                })
                .id();
    }

    /** Reports an id a client chose that cannot be one; empty is fine. */
    public static void checkId(String id, int longest, String field, FieldViolations violations) {
        violations.require(
                id.isEmpty() || id.length() <= longest && id.matches(ID),
                field,
                "must be at most %d of [a-z0-9-], with a letter or digit at both ends, is \"%s\"".formatted(longest, id));
    }
}
