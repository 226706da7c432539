/**
 * From memorized images to the units they own, and back: what a déjà vu attack finds once these units are gone, beside what it finds once as many
 * others are.
 *
 * <p>It belongs to the attacks because its question is about a leak and its answer is made of verdicts of attacks, paired image by image. Which units an
 * image owns and how they are pruned is asked of the metrics service by its contract, pairs of the trainer; nothing here reads their files. Computes no
 * attack itself.
 */
package dev.engram.attack.trace;
