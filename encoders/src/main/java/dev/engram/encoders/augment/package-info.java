/**
 * Views: how an image becomes the input of an encoder, augmented or not.
 *
 * <p>A {@link dev.engram.encoders.augment.AugmentationRecipe} says what may happen to an image, a
 * {@link dev.engram.encoders.augment.ViewSampler} draws what does happen to one view (a function of seed, purpose, epoch,
 * image id and view), and a {@link dev.engram.encoders.augment.ViewProgram} applies the draws of a whole batch at once on the
 * engine. All operations mean what they mean in torchvision, work on values in [0, 1], and are followed by normalization.
 */
package dev.engram.encoders.augment;
