/**
 * Networks written as readable Java: one definition gives the state's names and shapes, its initial values, the taps, the
 * architecture as a tree, and the program text of every variant (training, evaluation, evaluation with taps). One family of
 * networks, one head, one layer = one file: a {@link dev.engram.encoders.network.Network} is chosen by name and options through {@link
 * dev.engram.encoders.network.Networks}, a {@link dev.engram.encoders.network.Head} is put on it by a method, and both are made
 * of {@link dev.engram.encoders.network.Layer}s. Losses, optimizers and what a method does with a batch do not belong here.
 */
package dev.engram.encoders.network;
