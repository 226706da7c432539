/**
 * Views: how an image becomes the input of an encoder, augmented or not.
 *
 * <p>A {@link dev.engram.encoders.augment.AugmentationRecipe} says what may happen to an image, a
 * {@link dev.engram.encoders.augment.ViewSampler} draws what does happen to one view (a function of seed, purpose, epoch,
 * image id and view), and a {@code ViewMaker} applies the draws of a batch: in loops that the compiler turns into vector instructions where this
 * machine's processor computes ({@code HostViews}), in one program of the engine where a card does ({@code ViewProgram}). All operations mean what they mean in torchvision, work on values in [0, 1], and are followed by normalization.
 */
package dev.engram.encoders.augment;
