/** The program that executes one run in a process of its own, and how it tells the catalogue what it does. */
package dev.engram.runs.worker;
