/**
 * The demo: a client of the services, as any other, that asks for a pair and every measure of it, and waits.
 *
 * <p>Does not belong here: what the report looks like ({@code report}), anything that computes a score (the services).
 */
package dev.engram.local.demo;
