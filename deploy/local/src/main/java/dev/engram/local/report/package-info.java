/**
 * What a demo leaves behind: {@code report.json} for programs, {@code report.html} for people, a table for the terminal.
 *
 * <p>The keys of {@code report.json} are documented in {@code docs/report.md} and stable.
 */
package dev.engram.local.report;
