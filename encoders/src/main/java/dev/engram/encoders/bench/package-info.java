/**
 * Benchmarks of the science code, one class each with a plain Java call; the command line prints what they return. They measure on
 * made-up data and need no files.
 */
package dev.engram.encoders.bench;
