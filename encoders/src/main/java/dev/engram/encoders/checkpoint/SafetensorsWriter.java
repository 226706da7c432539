package dev.engram.encoders.checkpoint;

import dev.engram.encoders.engine.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes safetensors, which PyTorch reads by {@code safetensors.torch.load_file}. Equal states give equal bytes. Streams: a
 * file may have any size, one tensor at most 2 GiB.
 */
public final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /**
     * Writes a state.
     *
     * @param out is not closed
     * @param metadata free text for {@code __metadata__}
     */
    public static void write(OutputStream out, StateDict state, Map<String, String> metadata) throws IOException {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IOException("safetensors are little-endian, this machine is not");
        }
        List<Map.Entry<String, Tensor>> aligned = aligned(state);
        byte[] json = header(state, aligned, metadata).encode();
        ByteBuffer length = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(json.length).array());
        out.write(json);
        WritableByteChannel channel = Channels.newChannel(out);
        try {
            for (Map.Entry<String, Tensor> tensor : aligned) {
                tensor.getValue().withBytes(bytes -> writeFully(channel, bytes));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Larger elements first, so that each tensor begins at a multiple of its element's size. */
    private static List<Map.Entry<String, Tensor>> aligned(StateDict state) {
        Comparator<Map.Entry<String, Tensor>> bySize = Comparator.comparing(entry -> -entry.getValue().type().bytes());
        return state.tensors().entrySet().stream().sorted(bySize).toList();
    }

    private static SafetensorsHeader header(
            StateDict state, List<Map.Entry<String, Tensor>> aligned, Map<String, String> metadata) {
        Map<String, SafetensorsHeader.Entry> placed = new HashMap<>();
        long position = 0;
        for (Map.Entry<String, Tensor> entry : aligned) {
            Tensor tensor = entry.getValue();
            long end = position + tensor.elements() * tensor.type().bytes();
            placed.put(entry.getKey(), new SafetensorsHeader.Entry(
                    entry.getKey(), StoredType.of(tensor.type()), tensor.shape(), position, end));
            position = end;
        }
        List<SafetensorsHeader.Entry> entries = new ArrayList<>();
        state.names().forEach(name -> entries.add(placed.get(name)));
        return new SafetensorsHeader(entries, metadata);
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
