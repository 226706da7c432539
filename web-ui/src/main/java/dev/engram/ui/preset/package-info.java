/** Settings of papers and of their code that have a name, and the choice that fills a form with them. */
package dev.engram.ui.preset;
