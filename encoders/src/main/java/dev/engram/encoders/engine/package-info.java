/**
 * Runs tensor programs: start-up of the engine, programs written as TorchScript text, tensors and their scopes.
 *
 * <p>This package is the only one that touches DJL. What belongs here knows nothing of networks, images or training.
 */
package dev.engram.encoders.engine;
