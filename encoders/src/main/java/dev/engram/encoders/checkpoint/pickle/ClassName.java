package dev.engram.encoders.checkpoint.pickle;

/** A class or function that a pickle names. A name only: nothing is ever loaded by it. */
public record ClassName(String module, String name) {
    @Override
    public String toString() {
        return module + "." + name;
    }
}
