/** A stand-in for the services: one gRPC server with made-up but plausible runs, pairs, results and pictures. */
package dev.engram.ui.fake;
