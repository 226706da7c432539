package dev.engram.store.service.grpc;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.StatusMapping;
import java.util.regex.Pattern;

/** Reads resource names and page sizes of requests, with a violation where they are none. */
final class Names {

    private static final Pattern RUN = Pattern.compile("runs/([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)");
    private static final Pattern ARTIFACT = Pattern.compile("artifacts/([0-9a-f]{64})");

    private Names() {}

    /** The id in {@code runs/{id}}; INVALID_ARGUMENT naming the field if it is none. */
    static String run(String field, String name) {
        return match(RUN, field, name, "must be runs/ and the run's id");
    }

    /** The digest in {@code artifacts/{sha256}}; INVALID_ARGUMENT naming the field if it is none. */
    static String artifact(String field, String name) {
        return match(ARTIFACT, field, name, "must be artifacts/ and 64 lower-case hex digits");
    }

    private static String match(Pattern pattern, String field, String name, String rule) {
        var matcher = pattern.matcher(name);
        if (!matcher.matches()) {
            var violations = new FieldViolations();
            violations.add(field, rule + ", is '" + name + "'");
            throw StatusMapping.invalid(violations);
        }
        return matcher.group(1);
    }

    /** {@code size}, or {@code preset} for 0; adds a violation if it is negative, and never exceeds {@code most}. */
    static int pageSize(FieldViolations violations, int size, int preset, int most) {
        violations.require(size >= 0, "page_size", "must not be negative, is " + size);
        return size <= 0 ? preset : Math.min(size, most);
    }
}
