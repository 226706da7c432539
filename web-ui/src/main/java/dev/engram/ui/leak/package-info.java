/** What leaks: the page of a déjà vu attack. */
package dev.engram.ui.leak;
