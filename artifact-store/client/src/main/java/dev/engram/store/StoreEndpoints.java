package dev.engram.store;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The two places that services and workers share. */
public record StoreEndpoints(S3Settings s3, DatabaseSettings database) {

    public StoreEndpoints {
        Objects.requireNonNull(s3, "s3");
        Objects.requireNonNull(database, "database");
    }

    /**
     * Reads {@code engram.s3.*} and {@code engram.db.*}.
     *
     * @param value a key's value, or empty
     * @throws IllegalArgumentException naming every key that is missing
     */
    public static StoreEndpoints from(Function<String, Optional<String>> value) {
        var missing = new ArrayList<String>();
        var s3 = new S3Settings(
                URI.create(require(value, "engram.s3.endpoint", missing)),
                require(value, "engram.s3.access-key", missing),
                require(value, "engram.s3.secret-key", missing),
                value.apply("engram.s3.bucket").orElse(S3Settings.DEFAULT_BUCKET),
                value.apply("engram.s3.region").orElse(S3Settings.DEFAULT_REGION));
        var database = new DatabaseSettings(
                require(value, "engram.db.url", missing),
                require(value, "engram.db.user", missing),
                require(value, "engram.db.password", missing));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("settings are missing: " + String.join(", ", missing));
        }
        return new StoreEndpoints(s3, database);
    }

    /** Reads the same keys from environment variables ({@code ENGRAM_S3_ENDPOINT} …), as {@link #toEnvironment} writes them. */
    public static StoreEndpoints fromEnvironment(Map<String, String> environment) {
        return from(key -> Optional.ofNullable(environment.get(variable(key))));
    }

    /** What a worker process needs in its environment to reach the same store. Holds the secrets. */
    public Map<String, String> toEnvironment() {
        var settings = new LinkedHashMap<String, String>();
        settings.put(variable("engram.s3.endpoint"), s3.endpoint().toString());
        settings.put(variable("engram.s3.access-key"), s3.accessKey());
        settings.put(variable("engram.s3.secret-key"), s3.secretKey());
        settings.put(variable("engram.s3.bucket"), s3.bucket());
        settings.put(variable("engram.s3.region"), s3.region());
        settings.put(variable("engram.db.url"), database.url());
        settings.put(variable("engram.db.user"), database.user());
        settings.put(variable("engram.db.password"), database.password());
        return settings;
    }

    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String require(Function<String, Optional<String>> value, String key, List<String> missing) {
        return value.apply(key).orElseGet(() -> {
            missing.add(key);
            return "";
        });
    }
}
