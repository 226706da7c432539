/** Between the house's errors and gRPC's: violations of request fields, and the status of each kind of failure. */
package dev.engram.runs.grpc;
