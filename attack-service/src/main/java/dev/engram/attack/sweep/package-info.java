/**
 * The same attack against pairs that were trained differently: what to ask of which service, and what the results say together. Trains and attacks nothing
 * itself.
 */
package dev.engram.attack.sweep;
