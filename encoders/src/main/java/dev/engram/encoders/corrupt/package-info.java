/**
 * Corrupted images: what a network meets that its training did not prepare it for. Arithmetic on the bytes of images; views for training are
 * made in {@code augment}, noise that replaces images in {@code data}.
 */
package dev.engram.encoders.corrupt;
