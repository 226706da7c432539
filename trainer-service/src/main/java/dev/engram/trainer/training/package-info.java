/**
 * Training an encoder: from a recipe's words to the engine's objects, which images a side sees in which order, what a watcher
 * is told, where training can be taken up again, what a finished checkpoint holds.
 */
package dev.engram.trainer.training;
