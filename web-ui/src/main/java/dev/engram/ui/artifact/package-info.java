/** Artifacts: their list and the page of one. */
package dev.engram.ui.artifact;
