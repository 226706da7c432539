/** DatasetService and TrainerService: nothing is computed here. Failures get their status in {@code dev.engram.runs.grpc}. */
package dev.engram.trainer.grpc;
