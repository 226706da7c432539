package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/** A symmetric loss on the embeddings of two views of the same N images. */
public interface Objective {
    /** Stable name, as specs and manifests write it, such as {@code simclr}. */
    String name();

    /**
     * Writes the loss into a program.
     *
     * @param text receives the lines
     * @param z1 name of the embeddings of the first views, {@code [N, D]}
     * @param z2 name of the embeddings of the second views, {@code [N, D]}; row i belongs to the same image as row i of z1
     */
    Loss loss(ProgramText text, String z1, String z2);
}
