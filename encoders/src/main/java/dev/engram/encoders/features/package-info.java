/**
 * Images in, features out: a network with a state in evaluation mode, applied to many images that are not augmented. What is
 * asked of the features is in {@link dev.engram.encoders.eval}.
 */
package dev.engram.encoders.features;
