package dev.engram.store.catalogue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A run to be queued.
 *
 * @param id lower-case letters, digits and hyphens, at most 63 characters
 * @param requestId the client's name for the request; the same twice is the same run
 * @param kind field name of its spec in {@code RunSpec}
 * @param spec canonical JSON of the spec, at most 1,000,000 characters
 * @param dependencies ids of runs that must succeed first; each must exist
 */
public record NewRun(String id, Optional<String> requestId, String kind, String spec, List<String> dependencies) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int MAX_SPEC = 1_000_000;

    public NewRun {
        if (id == null || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("run id must be lower-case letters, digits and hyphens, at most 63, was " + id);
        }
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(kind, "kind");
        if (spec.length() > MAX_SPEC) {
            throw new IllegalArgumentException("spec has " + spec.length() + " characters, at most " + MAX_SPEC + " fit");
        }
        dependencies = dependencies.stream().distinct().sorted().toList();
    }
}
