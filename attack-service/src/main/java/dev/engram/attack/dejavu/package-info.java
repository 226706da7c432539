/**
 * Déjà vu: how well the label of a training image can be inferred from a crop that does not show its object, by an encoder that saw
 * the image and by one that did not. Plain Java on labels, votes and confidences; pictures, networks and runs are not known here.
 *
 * <p>C. Meehan, F. Bordes, P. Vincent, K. Chaudhuri, C. Guo, "Do SSL Models Have Déjà Vu? A Case of Unintended Memorization in
 * Self-supervised Learning", NeurIPS 2023, <a href="https://arxiv.org/abs/2304.13850">arXiv:2304.13850</a>.
 */
package dev.engram.attack.dejavu;
