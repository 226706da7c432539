/**
 * How a batch becomes a loss: which network and heads see which views, whether there is a teacher, what is masked. One method =
 * one file = one paper. What belongs here writes into the training program and knows no loop, no optimizer and no file; the
 * losses themselves are pure functions in {@code objective}.
 */
package dev.engram.encoders.method;
