package dev.engram.encoders.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;

/** Tensors in the memory of a card: whatever Java reads or writes is copied, once, through a tensor in this machine's memory. */
record DeviceMemory() implements TensorMemory {
    /** Waits for the copy, so that the memory on this side may go when it returns. */
    private static final class Copy {
        private static final TorchProgram PROGRAM = TorchProgram.compile("""
                def forward(self, to: Tensor, values: Tensor) -> Tensor:
                  return torch.copy_(to, values)
                """);
    }

    @Override
    public void read(PtNDArray array, Tensor.BytesReader reader) {
        try (PtNDManager host = TorchEngine.newHostManager()) {
            PtNDArray values = host.create(array.getShape(), array.getDataType());
            Copy.PROGRAM.copy(values, array);
            reader.read(JniUtils.getByteBuffer(values, true));
        }
    }

    @Override
    public void fill(PtNDArray array, Tensor.BytesReader writer) {
        try (PtNDManager host = TorchEngine.newHostManager()) {
            PtNDArray values = host.create(array.getShape(), array.getDataType());
            writer.read(JniUtils.getByteBuffer(values, true));
            Copy.PROGRAM.copy(array, values);
        }
    }

    @Override
    public PtNDArray of(PtNDManager owner, ByteBuffer data, Shape shape, DataType type) {
        PtNDArray array = owner.create(shape, type);
        try (PtNDManager host = TorchEngine.newHostManager()) {
            Copy.PROGRAM.copy(array, (PtNDArray) host.create(data, shape, type));
        }
        return array;
    }
}
