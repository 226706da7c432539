package dev.engram.store;

import java.net.URI;
import java.util.Objects;

/**
 * Where the objects are.
 *
 * @param endpoint {@code http://host:port} or {@code https://…}, without a path
 * @param bucket 3 to 63 characters
 * @param region any name the server accepts; {@code us-east-1} where regions mean nothing
 */
public record S3Settings(URI endpoint, String accessKey, String secretKey, String bucket, String region) {

    public static final String DEFAULT_BUCKET = "engram";
    public static final String DEFAULT_REGION = "us-east-1";

    public S3Settings {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(accessKey, "accessKey");
        Objects.requireNonNull(secretKey, "secretKey");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(region, "region");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "s3 " + endpoint + " bucket " + bucket;
    }
}
