/** What a person sees who has done nothing yet: the way from a file of weights to a report. */
package dev.engram.ui.start;
