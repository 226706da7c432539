/** Pairs: their list, the page of one with all that was measured on it, and the forms that start a pair and its measures. */
package dev.engram.ui.pair;
