package dev.engram.encoders.checkpoint.pickle;

/** Python's None, and everything that is of no interest: numbers too large to count with, Ellipsis. */
public enum PickleNone {
    NONE
}
