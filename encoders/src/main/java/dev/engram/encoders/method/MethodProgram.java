package dev.engram.encoders.method;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Graph;
import dev.engram.encoders.network.Node;
import java.util.List;

/** The training program that a method writes its loss into: what it can read, and how its parts are run. */
public interface MethodProgram {
    /** Receives the lines. */
    ProgramText text();

    /** Views of a group, FLOAT32 {@code [k·N, C, H, W]}, view-major, channels last in memory. */
    Node views(int group);

    /** One view of a group, {@code [N, C, H, W]}. */
    Node view(int group, int view);

    /** Class labels, INT64 {@code [N]}. */
    String labels();

    /** Random orders of the positions of a group's images, INT64 {@code [k·N, tokens]}. */
    String orders(int group);

    /** Uniform numbers in [0, 1) for a group's images, FLOAT32 {@code [k·N, chances]}. */
    String chances(int group);

    /** A scheduled number, a float. */
    String scalar(String name);

    /** A tensor of {@link TrainingMethod#buffers}. */
    String buffer(String name);

    /** A part's definition with the weights that are trained, in training mode, to be called piece by piece. */
    Graph student(Part part);

    /** Runs a part with the weights that are trained, in training mode. */
    Node student(Part part, Node x);

    /** Runs a part with the teacher's weights; no gradient flows through it. Batch normalization uses the batch, too. */
    Node teacher(Part part, Node x);

    /** Runs parts one after the other on a batch of images. */
    default Node student(List<Part> parts, Node images) {
        Node x = images;
        for (Part part : parts) {
            x = student(part, x);
        }
        return x;
    }

    /** Runs the teacher's parts one after the other on a batch of images. */
    default Node teacher(List<Part> parts, Node images) {
        Node x = images;
        for (Part part : parts) {
            x = teacher(part, x);
        }
        return x;
    }
}
