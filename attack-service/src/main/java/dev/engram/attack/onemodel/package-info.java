/**
 * What the background of an image tells of its class, learned from crops of images that an encoder did not see: the reference of a test
 * that needs no second encoder. Plain Java on pixels, features, labels and posteriors.
 *
 * <p>N. Kokhlikyan, B. Jayaraman, F. Bordes, C. Guo, K. Chaudhuri, "Measuring Déjà Vu Memorization Efficiently", NeurIPS 2024,
 * <a href="https://arxiv.org/abs/2504.05651">arXiv:2504.05651</a>.
 */
package dev.engram.attack.onemodel;
