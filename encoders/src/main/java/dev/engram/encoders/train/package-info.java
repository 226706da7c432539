/**
 * Self-supervised training: one step as one native call, and a loop that resumes exactly where a state left off. Where images
 * come from, where checkpoints go and who watches are interfaces; this package knows no files and no services.
 */
package dev.engram.encoders.train;
