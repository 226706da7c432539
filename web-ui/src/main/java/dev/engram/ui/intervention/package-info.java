/** What is done to encoders to see what their layers and units are for: edits, fine-tuning, and the sweeps over edits. */
package dev.engram.ui.intervention;
