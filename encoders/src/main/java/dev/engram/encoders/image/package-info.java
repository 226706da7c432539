/**
 * Pictures: resampling, encoding and decoding, thumbnails and contact sheets for people to look at. Knows bytes and pixels, no
 * tensors and no data sets.
 */
package dev.engram.encoders.image;
