/** From a memorized image to the units it owns, and what an attack finds without them. */
package dev.engram.ui.trace;
