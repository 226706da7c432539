package dev.engram.encoders.checkpoint;

import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A safetensors file as one state whose tensors have not been read yet. */
final class SafetensorsStates {
    /** Heap of the parsed header for each of its bytes, at most. */
    private static final int JSON_COST = 24;

    private SafetensorsStates() {}

    static boolean begins(MappedFile file) {
        if (file.size() < SafetensorsHeader.LENGTH_BYTES + 2) {
            return false;
        }
        long length = file.longAt(0);
        return length >= 2 && length <= SafetensorsHeader.MAX_JSON_BYTES && file.unsignedByte(SafetensorsHeader.LENGTH_BYTES) == '{';
    }

    static WeightsContent read(MappedFile file, MemoryBudget budget) {
        long length = file.longAt(0);
        budget.charge(JSON_COST * length, 0);
        byte[] json = file.slice(SafetensorsHeader.LENGTH_BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        SafetensorsHeader header = SafetensorsHeader.decode(file.name(), json);
        long start = SafetensorsHeader.LENGTH_BYTES + length;
        List<SafetensorsHeader.Entry> entries = header.byOffset();
        long end = start + (entries.isEmpty() ? 0 : entries.getLast().end());
        if (end != file.size()) {
            throw file.corrupt(Math.min(end, file.size()), "the tensors end at byte %d, the file at %d".formatted(end, file.size()));
        }
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            StoredBytes bytes = () -> file.slice(start + entry.begin(), entry.end() - entry.begin());
            tensors.put(entry.name(), new StoredTensor(entry.name(), entry.type(), 0, entry.shape(), rowMajor(entry.shape()), bytes));
        }
        return new WeightsContent(tensors.isEmpty() ? List.of() : List.of(new StoredState("", tensors, 0)), List.of());
    }

    private static long[] rowMajor(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }
}
