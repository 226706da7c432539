/**
 * Questions asked of frozen features: nearest neighbours and what is built on them. Features come in as numbers; how they were computed
 * is not known here.
 */
package dev.engram.encoders.eval;
