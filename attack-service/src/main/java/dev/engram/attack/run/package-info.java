/** Attacks as work of a run: from a spec and the artifacts it names to published results. */
package dev.engram.attack.run;
