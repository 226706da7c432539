/**
 * Stateless randomness: every draw is a pure function of (run seed, purpose, epoch, image id, view), so that results depend
 * neither on batch size, thread count, shard layout nor on where a run was resumed. Whatever in Engram needs a random number
 * takes it from here; nothing in this package knows images, networks or tensors.
 */
package dev.engram.encoders.random;
