/**
 * Engram on one machine: every service in one process, and the commands a person types.
 *
 * <p>Belongs here: the command line, starting and stopping the process, the demo as a client of the services, its report.
 * Does not belong here: anything a service or a worker computes.
 */
package dev.engram.local;
