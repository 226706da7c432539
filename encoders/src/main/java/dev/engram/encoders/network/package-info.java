/**
 * Networks written as readable Java: one definition gives the state's names and shapes, its initial values, the taps, and
 * the program text of every variant (training, evaluation, evaluation with taps). One network = one file.
 */
package dev.engram.encoders.network;
