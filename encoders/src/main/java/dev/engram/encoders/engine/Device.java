package dev.engram.encoders.engine;

import java.util.regex.Pattern;

/**
 * Where the tensors of this process lie and its programs run; one for a process ({@link TorchEngine#device}).
 *
 * @param label {@code cpu}, or {@code cuda:N} with the number of a card that this process sees
 */
public record Device(String label) {
    private static final Pattern LABEL = Pattern.compile("cpu|cuda:(0|[1-9][0-9]{0,2})");

    public static final Device CPU = new Device("cpu");

    private static final String CUDA = "cuda:";

    public Device {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("device: must be cpu or cuda:N, N a card's number from 0, is \"" + label + "\"");
        }
    }

    public boolean isCuda() {
        return label.startsWith(CUDA);
    }

    /** The card's number; only of a CUDA device. */
    public int index() {
        if (!isCuda()) {
            throw new IllegalStateException(label + " has no number");
        }
        return Integer.parseInt(label.substring(CUDA.length()));
    }

    ai.djl.Device ofEngine() {
        return isCuda() ? ai.djl.Device.gpu(index()) : ai.djl.Device.cpu();
    }

    @Override
    public String toString() {
        return label;
    }
}
