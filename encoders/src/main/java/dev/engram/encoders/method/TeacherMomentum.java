package dev.engram.encoders.method;

/**
 * How the paper lets the teacher follow.
 *
 * @param first momentum at the first step
 * @param last momentum at the end
 * @param linear whether it goes there along a line, otherwise along half a cosine
 */
public record TeacherMomentum(double first, double last, boolean linear) {}
