/** MetricsService and InterventionService over gRPC: submits, reads, maps. Computes nothing. */
package dev.engram.metrics.grpc;
