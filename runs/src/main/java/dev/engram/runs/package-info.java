/**
 * What a run is: its states and their transitions, its submission, its executor, and {@link dev.engram.runs.RunTask}, the
 * contract of the work a run can be. Science does not belong here, and neither does any knowledge of one kind of run.
 */
package dev.engram.runs;
