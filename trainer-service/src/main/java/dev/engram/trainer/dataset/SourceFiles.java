package dev.engram.trainer.dataset;

import dev.engram.encoders.data.DataFiles;
import dev.engram.encoders.data.LocalFiles;
import dev.engram.runs.RunContext;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ObjectStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places a spec names: absolute paths, or {@code s3://BUCKET/NAME}. Owns the buckets it opened. */
final class SourceFiles implements AutoCloseable {
    private static final Pattern S3 = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/([^/\\p{Cntrl}][^\\p{Cntrl}]*)");
    private static final String S3_PREFIX = "s3://";

    private final RunContext run;
    private final Map<String, ObjectStore> buckets = new HashMap<>();

    SourceFiles(RunContext run) {
        this.run = run;
    }

    /** The files at a place that {@link #require} found good. */
    DataFiles at(String place) {
        if (!place.startsWith(S3_PREFIX)) {
            return new LocalFiles(Path.of(place));
        }
        Matcher name = S3.matcher(place);
        if (!name.matches()) {
            throw new IllegalArgumentException("not s3://BUCKET/NAME: " + place);
        }
        return new ObjectFiles(buckets.computeIfAbsent(name.group(1), run::bucket), name.group(1), name.group(2));
    }

    /** Reports a place that is none. */
    static void require(String place, String field, FieldViolations violations) {
        if (place.isBlank()) {
            violations.add(field, "is required");
        } else if (place.startsWith(S3_PREFIX)) {
            violations.require(S3.matcher(place).matches(), field, "must be s3://BUCKET/NAME, is \"" + place + "\"");
        } else {
            requirePath(place, field, violations);
        }
    }

    private static void requirePath(String path, String field, FieldViolations violations) {
        try {
            violations.require(Path.of(path).isAbsolute(), field, "must be an absolute path, is \"" + path + "\"");
        } catch (InvalidPathException e) {
            violations.add(field, "is not a path: " + e.getReason());
        }
    }

    @Override
    public void close() {
        buckets.values().forEach(ObjectStore::close);
    }
}
