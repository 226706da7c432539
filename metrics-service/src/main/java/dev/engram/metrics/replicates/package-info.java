/** One experiment with several seeds: what to ask of which service, and what the results of all seeds say together. Computes no measure itself. */
package dev.engram.metrics.replicates;
