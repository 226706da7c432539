package dev.engram.encoders.edit;

import dev.engram.encoders.engine.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;

/** Rows of tensors: what belongs to one unit in a weight {@code [U, …]} or a vector {@code [U]}. */
final class Rows {
    private Rows() {}

    /** Sets rows to +0. */
    static void clear(Tensor tensor, Collection<Integer> units) {
        int length = length(tensor);
        byte[] all = tensor.bytes();
        units.forEach(unit -> Arrays.fill(all, unit * length, (unit + 1) * length, (byte) 0));
        tensor.write(ByteBuffer.wrap(all));
    }

    /** Copies one row of a tensor of the same type and shape. */
    static void copy(Tensor from, Tensor to, int unit) {
        int length = length(to);
        byte[] all = to.bytes();
        from.withBytes(bytes -> bytes.get(unit * length, all, unit * length, length));
        to.write(ByteBuffer.wrap(all));
    }

    /** Copies all rows. */
    static void copy(Tensor from, Tensor to) {
        to.write(ByteBuffer.wrap(from.bytes()));
    }

    private static int length(Tensor tensor) {
        return Math.toIntExact(tensor.elements() / tensor.size(0) * tensor.type().bytes());
    }
}
