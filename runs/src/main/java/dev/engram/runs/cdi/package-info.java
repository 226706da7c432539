/** Runs as beans of a service. What a process executes is decided by the tasks on its class path and by {@code engram.slots}. */
package dev.engram.runs.cdi;
