/**
 * What self-supervised training minimizes. One objective = one file = one paper; it writes its loss into the training
 * program. What belongs here sees embeddings only, never a network or an optimizer.
 */
package dev.engram.encoders.objective;
