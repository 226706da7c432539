/**
 * Measurements as runs: what a spec must be, how it is executed and resumed, and the files it leaves. What is computed is in
 * {@code measure}, {@code layermem} and {@code unitmem}.
 */
package dev.engram.metrics.task;
