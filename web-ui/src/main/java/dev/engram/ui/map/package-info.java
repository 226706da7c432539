/**
 * The memory map of a network: its layers as a tree, each colored by a measure, down to the units of a layer and to a single image.
 * It belongs to an encoder, not to a pair; pages of pairs and of encoders show it. What is drawn is in {@code chart}.
 */
package dev.engram.ui.map;
