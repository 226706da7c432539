package dev.engram.store.s3;

import dev.engram.store.LocalFiles;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.ObjectStore;
import dev.engram.store.RetryPolicy;
import dev.engram.store.S3Settings;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/** Objects in a bucket of an S3 server. Opening it does not touch the network; {@link #makeBucket} does. */
public final class S3ObjectStore implements ObjectStore {

    /** Single requests larger than 128 MiB are refused by some servers, and a part is held in memory by most: small parts serve all. */
    private static final long PART_BYTES = 16L << 20;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final S3Settings settings;
    private final String bucket;
    private final RetryPolicy retry;
    private final OkHttpClient http;
    private final MinioClient client;

    public S3ObjectStore(S3Settings settings) {
        this(settings, RetryPolicy.standard());
    }

    public S3ObjectStore(S3Settings settings, RetryPolicy retry) {
        this.settings = settings;
        this.bucket = settings.bucket();
        this.retry = Objects.requireNonNull(retry, "retry");
        this.http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                .readTimeout(SILENCE)
                .writeTimeout(SILENCE)
                .build();
        this.client = MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .credentials(settings.accessKey(), settings.secretKey())
                .region(settings.region())
                .httpClient(http)
                .build();
    }

    /** Makes the bucket when it is not there. On AWS in us-east-1 it must be there: the client cannot make one without naming its location. */
    public void makeBucket() {
        attempt("making bucket", bucket, () -> {
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            }
            return null;
        });
    }

    @Override
    public ObjectStore bucket(String name) {
        return new S3ObjectStore(
                new S3Settings(settings.endpoint(), settings.accessKey(), settings.secretKey(), name, settings.region()), retry);
    }

    @Override
    public void put(String key, Path file, String mediaType) {
        if (!Files.isReadable(file)) {
            throw LocalFiles.failure(file, new NoSuchFileException(file.toString(), null, "no readable file"));
        }
        attempt("writing", key, () -> client.uploadObject(
                UploadObjectArgs.builder().bucket(bucket).object(key).filename(file.toString(), PART_BYTES).contentType(mediaType).build()));
    }

    @Override
    public void put(String key, byte[] bytes, String mediaType) {
        attempt("writing", key, () -> client.putObject(
                PutObjectArgs.builder().bucket(bucket).object(key).data(bytes, bytes.length).contentType(mediaType).build()));
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes, String mediaType) {
        var args = PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .data(bytes, bytes.length)
                .contentType(mediaType)
                .headers(Map.of("If-None-Match", "*"))
                .build();
        return attempt("writing", key, () -> {
            try {
                client.putObject(args);
                return true;
            } catch (MinioException e) {
                if (S3Failures.isPreconditionFailed(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public InputStream open(String key) {
        return attempt("reading", key, () -> new ObjectStream(key, client.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())));
    }

    @Override
    public OptionalLong size(String key) {
        try {
            return OptionalLong.of(attempt("looking at", key, () -> client.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build()).size()));
        } catch (ObjectNotFoundException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public List<ObjectSummary> list(String prefix) {
        return attempt("listing", prefix, () -> {
            var found = new ArrayList<ObjectSummary>();
            for (var result : client.listObjects(ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).build())) {
                var item = result.get();
                found.add(new ObjectSummary(item.objectName(), item.size()));
            }
            found.sort(Comparator.comparing(ObjectSummary::key));
            return List.copyOf(found);
        });
    }

    @Override
    public void delete(String key) {
        attempt("deleting", key, () -> {
            client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
            return null;
        });
    }

    @Override
    public URI presignedGet(String key, Duration validity, Optional<String> fileName) {
        var args = GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.GET)
                .bucket(bucket)
                .object(key)
                .expiry(Math.toIntExact(validity.toSeconds()), TimeUnit.SECONDS);
        fileName.ifPresent(name -> args.extraQueryParams(Map.of("response-content-disposition", "attachment; filename=\"" + name.replace("\"", "") + "\"")));
        return attempt("signing", key, () -> URI.create(client.getPresignedObjectUrl(args.build())));
    }

    @Override
    public URI presignedPut(String key, Duration validity) {
        var args = GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.PUT)
                .bucket(bucket)
                .object(key)
                .expiry(Math.toIntExact(validity.toSeconds()), TimeUnit.SECONDS)
                .build();
        return attempt("signing", key, () -> URI.create(client.getPresignedObjectUrl(args)));
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private <T> T attempt(String action, String key, Request<T> request) {
        return retry.call(() -> {
            try {
                return request.send();
            } catch (MinioException e) {
                throw S3Failures.of(bucket, action, key, e);
            } catch (IllegalStateException e) {
                // What the client makes of a connection that is refused.
                throw e.getCause() instanceof IOException cause ? S3Failures.unavailable(action, key, cause) : e;
            }
        });
    }

    @FunctionalInterface
    private interface Request<T> {

        T send() throws MinioException;
    }
}
