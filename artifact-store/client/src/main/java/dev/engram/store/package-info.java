/**
 * Bytes by content and their failures: the object store, the verified local cache, settings.
 *
 * <p>Belongs here: what knows S3 and nothing of runs. Artifacts (named groups of files) are in {@code artifact}, the SQL catalogue in
 * {@code catalogue}, injection in {@code cdi}. Nothing here knows gRPC, Quarkus or the meaning of a file.
 */
package dev.engram.store;
