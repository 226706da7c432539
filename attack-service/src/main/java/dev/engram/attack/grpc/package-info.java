/** AttackService over gRPC: validates, submits, reads. Computes nothing. */
package dev.engram.attack.grpc;
