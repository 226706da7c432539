package dev.engram.encoders.optim;

/** A value by step: a learning rate, a weight decay, a momentum. A pure function, so training resumes exactly. */
@FunctionalInterface
public interface Schedule {
    /** The value for step {@code step}, counted from 0; after the end, the last value. */
    double at(long step);

    /** The same value at every step. */
    static Schedule constant(double value) {
        return step -> value;
    }
}
