/** How much a measurement costs beyond the forward passes it cannot do without. */
package dev.engram.metrics.bench;
