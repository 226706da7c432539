package dev.engram.store.s3;

import dev.engram.store.LocalFiles;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.StoreException;
import dev.engram.store.StoreFullException;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreUnavailableException;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InsufficientDataException;
import io.minio.errors.InternalException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.util.Set;

/** What an answer of an S3 server, or the lack of one, means to a caller. */
final class S3Failures {

    private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchObject", "ResourceNotFound");
    private static final Set<String> FULL = Set.of("XMinioStorageFull", "InsufficientStorage", "QuotaExceeded", "EntityTooLarge.Quota");
    private static final Set<String> LATER =
            Set.of("SlowDown", "SlowDownRead", "SlowDownWrite", "RequestTimeout", "ServiceUnavailable", "InternalError", "ConditionalRequestConflict");

    private S3Failures() {}

    static boolean isPreconditionFailed(MinioException e) {
        return e instanceof ErrorResponseException answer && (answer.response().code() == 412 || "PreconditionFailed".equals(answer.errorResponse().code()));
    }

    static StoreException of(String bucket, String action, String key, MinioException e) {
        return switch (e) {
            case ErrorResponseException answer -> answered(bucket, action, key, answer);
            case ServerException _, InvalidResponseException _, InsufficientDataException _, InternalException _ -> unavailable(action, key, e);
            default -> e.getCause() instanceof IOException cause ? unavailable(action, key, cause) : refused(bucket, action, key, e);
        };
    }

    private static StoreException answered(String bucket, String action, String key, ErrorResponseException e) {
        var code = String.valueOf(e.errorResponse().code());
        int status = e.response().code();
        var message = String.valueOf(e.errorResponse().message());
        if (MISSING.contains(code) || (status == 404 && !code.equals("NoSuchBucket"))) {
            return new ObjectNotFoundException(key, e);
        }
        if (FULL.contains(code) || status == 507 || LocalFiles.isFull(message)) {
            return new StoreFullException("the object store has no space left: " + action + " " + key, e);
        }
        return LATER.contains(code) || status >= 500 || status == 429 ? unavailable(action, key, e) : refused(bucket, action, key, e);
    }

    static StoreUnavailableException unavailable(String action, String key, Exception e) {
        return new StoreUnavailableException("the object store is not available: " + action + " " + key + ": " + brief(e), e);
    }

    /** Names the bucket: nine times out of ten it is that which is misspelled, or closed to these credentials. */
    private static StoreRefusedException refused(String bucket, String action, String key, MinioException e) {
        var why = e instanceof ErrorResponseException answer && "NoSuchBucket".equals(answer.errorResponse().code()) ? "there is no such bucket" : brief(e);
        return new StoreRefusedException("the object store refused " + action + " " + key + (key.equals(bucket) ? "" : " in bucket " + bucket) + ": " + why, e);
    }

    private static String brief(Exception e) {
        return switch (e) {
            case ErrorResponseException answer -> answer.response().code() + " " + answer.errorResponse().code() + " " + answer.errorResponse().message();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
