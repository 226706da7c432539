/** Starting, watching and ending worker processes, on this machine or elsewhere. Knows nothing of what a run does. */
package dev.engram.runs.launch;
