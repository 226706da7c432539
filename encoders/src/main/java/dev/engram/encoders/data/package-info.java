/**
 * Images in memory-mappable form, the readers that make them from official file layouts, and the splits that say which image
 * belongs to which encoder.
 *
 * <p>Belongs here: pixels as bytes, labels, boxes, digests, index lists. Does not belong here: tensors, augmentation
 * ({@code augment}), pictures for people ({@code image}), anything that knows a store or a service.
 */
package dev.engram.encoders.data;
