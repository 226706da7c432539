/** How alike two encoders represent the same images, layer by layer: the request, and the heat map of its result. */
package dev.engram.ui.similarity;
