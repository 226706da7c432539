package dev.engram.encoders.edit;

import dev.engram.encoders.engine.Tensor;
import java.nio.ByteBuffer;
import java.util.Collection;

/** Rows of tensors: what belongs to one unit in a weight {@code [U, …]} or a vector {@code [U]}. */
final class Rows {
    private Rows() {}

    /** Sets rows to +0. */
    static void clear(Tensor tensor, Collection<Integer> units) {
        int length = length(tensor);
        tensor.fill(bytes -> units.forEach(unit -> bytes.put(unit * length, new byte[length])));
    }

    /** Copies one row of a tensor of the same type and shape. */
    static void copy(Tensor from, Tensor to, int unit) {
        int length = length(to);
        byte[] row = new byte[length];
        from.withBytes(bytes -> bytes.get(unit * length, row));
        to.fill(bytes -> bytes.put(unit * length, row));
    }

    /** Copies all rows. */
    static void copy(Tensor from, Tensor to) {
        from.withBytes(bytes -> to.write(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()));
    }

    private static int length(Tensor tensor) {
        return Math.toIntExact(tensor.elements() / tensor.size(0) * tensor.type().bytes());
    }
}
