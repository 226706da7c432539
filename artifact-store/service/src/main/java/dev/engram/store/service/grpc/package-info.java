/** RunService and ArtifactService: validate, ask the catalogue and the store, answer. Failures are given their status by {@code runs.grpc}. */
package dev.engram.store.service.grpc;
