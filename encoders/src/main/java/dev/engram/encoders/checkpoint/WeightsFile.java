package dev.engram.encoders.checkpoint;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of weights that somebody else wrote: safetensors, PyTorch's zip or its legacy pickle. Opening reads names and shapes;
 * elements are read when they are asked for. Nothing in the file is executed; what it names beyond tensors and containers
 * is listed in {@link #foreign} and never loaded. Heap: at most twice the file and 16 MiB, usually next to nothing.
 *
 * <pre>{@code
 * try (WeightsFile file = WeightsFile.open(path)) {
 *     for (StoredState state : file.states()) { ... }
 * }
 * }</pre>
 */
public final class WeightsFile implements AutoCloseable {
    private final MappedFile file;
    private final WeightsFormat format;
    private final WeightsContent content;

    private WeightsFile(MappedFile file, WeightsFormat format, WeightsContent content) {
        this.file = file;
        this.format = format;
        this.content = content;
    }

    /**
     * Opens a file; it must not change until it is closed.
     *
     * @throws CorruptFileException if it is none of these formats, or not a whole one, with the byte and the opcode
     */
    public static WeightsFile open(Path path) throws IOException {
        return read(MappedFile.open(path));
    }

    /** The same of bytes in memory. */
    public static WeightsFile of(String name, byte[] bytes) {
        return read(MappedFile.of(name, bytes));
    }

    private static WeightsFile read(MappedFile file) {
        try {
            MemoryBudget budget = new MemoryBudget(file.name(), file.size());
            WeightsFormat format = format(file);
            return new WeightsFile(file, format, switch (format) {
                case SAFETENSORS -> SafetensorsStates.read(file, budget);
                case PYTORCH_ZIP -> TorchZip.read(file, budget);
                case PYTORCH_LEGACY -> TorchLegacy.read(file, budget);
            });
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static WeightsFormat format(MappedFile file) {
        if (file.size() >= 4 && file.unsignedInt(0) == 0x04034b50L) {
            return WeightsFormat.PYTORCH_ZIP;
        }
        if (TorchLegacy.begins(file)) {
            return WeightsFormat.PYTORCH_LEGACY;
        }
        if (SafetensorsStates.begins(file)) {
            return WeightsFormat.SAFETENSORS;
        }
        boolean pickle = file.size() > 2 && file.unsignedByte(0) == 0x80 && file.unsignedByte(1) <= 5;
        throw file.corrupt(0, pickle
                ? "a pickle that torch.save did not write"
                : "is neither safetensors nor a file of torch.save");
    }

    public WeightsFormat format() {
        return format;
    }

    /** Bytes of the file. */
    public long size() {
        return file.size();
    }

    /** The states in it, in the order of the file; a file may have several, such as a student and a teacher. */
    public List<StoredState> states() {
        return content.states();
    }

    /**
     * Names of classes in its pickle that are not PyTorch's containers, such as {@code argparse.Namespace}. Where there are any, the file says
     * more than tensors, and what they would have made is not in {@link #states}, but for the tensors that are their attributes.
     */
    public List<String> foreign() {
        return content.foreign();
    }

    /** Tensors of it cannot be read from then on. */
    @Override
    public void close() {
        file.close();
    }
}
