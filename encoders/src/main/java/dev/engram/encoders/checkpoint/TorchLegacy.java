package dev.engram.encoders.checkpoint;

import dev.engram.encoders.checkpoint.pickle.ClassName;
import dev.engram.encoders.checkpoint.pickle.PickleClasses;
import dev.engram.encoders.checkpoint.pickle.PickleDict;
import dev.engram.encoders.checkpoint.pickle.PickleReader;
import dev.engram.encoders.checkpoint.pickle.PickleSequence;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code torch.save} wrote before PyTorch 1.6: five pickles (a magic number, the protocol, the machine, the object, the keys of its
 * storages), then for every key the number of elements as 8 bytes, and the elements. Layout: {@code torch/serialization.py},
 * {@code _legacy_save}.
 */
final class TorchLegacy {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;
    private static final byte[] START = {(byte) 0x80, 2, (byte) 0x8a, 0x0a, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46};

    private final MappedFile file;
    private final Map<String, TorchStorage> named = new HashMap<>();
    private final Map<String, StoredBytes> kept = new HashMap<>();

    private TorchLegacy(MappedFile file) {
        this.file = file;
    }

    static boolean begins(MappedFile file) {
        for (int i = 0; i < START.length; i++) {
            // The protocol, at 1, may be a later one.
            if (i != 1 && (file.size() <= i || file.unsignedByte(i) != Byte.toUnsignedInt(START[i]))) {
                return false;
            }
        }
        return true;
    }

    static WeightsContent read(MappedFile file, MemoryBudget budget) {
        return new TorchLegacy(file).content(budget);
    }

    private WeightsContent content(MemoryBudget budget) {
        PickleReader reader = new PickleReader(file.name(), file.slice(0, file.size()), 0, budget, new RecordingClasses());
        require(MAGIC.equals(reader.read()), 0, "the magic number of torch.save is missing");
        long at = reader.position();
        require(reader.read() instanceof Long protocol && protocol == PROTOCOL, at, "the protocol is not %d".formatted(PROTOCOL));
        at = reader.position();
        require(reader.read() instanceof PickleDict machine && Boolean.TRUE.equals(machine.get("little_endian")),
                at, "its elements are not in little-endian byte order");
        Object root = reader.read();
        at = reader.position();
        if (!(reader.read() instanceof PickleSequence keys)) {
            throw file.corrupt(at, "the list of storages is missing");
        }
        readStorages(keys.items(), reader.position());
        return new WeightsContent(StateFinder.find(root, this::storage, budget), WeightsContent.names(reader.foreign()));
    }

    private void readStorages(List<Object> keys, long position) {
        long at = position;
        for (Object key : keys) {
            TorchStorage storage = key instanceof String text ? named.get(text) : null;
            require(storage != null, at, "storage %s is listed and no tensor is in it".formatted(key instanceof String ? key : "?"));
            long elements = file.longAt(at);
            require(elements == storage.kept(), at, "storage %s has %d elements, not %d".formatted(storage.key(), elements, storage.kept()));
            long start = at + Long.BYTES;
            long bytes = elements * storage.elementBytes();
            file.slice(start, bytes);
            require(kept.put(storage.key(), () -> file.slice(start, bytes)) == null, at, "storage %s comes twice".formatted(storage.key()));
            at = start + bytes;
        }
    }

    private StoredBytes storage(TorchStorage storage) {
        StoredBytes bytes = kept.get(storage.key());
        require(bytes != null, file.size(), "storage %s is missing".formatted(storage.key()));
        return bytes;
    }

    private void require(boolean condition, long position, String problem) {
        if (!condition) {
            throw file.corrupt(position, problem);
        }
    }

    /** Remembers the storages that are named, as their elements come without a type. */
    private final class RecordingClasses implements PickleClasses {
        private final TorchClasses classes = new TorchClasses();

        @Override
        public boolean knows(ClassName name) {
            return classes.knows(name);
        }

        @Override
        public long cost(ClassName name, List<Object> arguments) {
            return classes.cost(name, arguments);
        }

        @Override
        public Object make(ClassName name, List<Object> arguments) {
            return classes.make(name, arguments);
        }

        @Override
        public Object persistent(Object id) {
            TorchStorage storage = classes.persistent(id);
            TorchStorage before = named.putIfAbsent(storage.key(), storage);
            if (before != null && (before.kept() != storage.kept() || before.elementBytes() != storage.elementBytes())) {
                throw new IllegalArgumentException("storage %s is named with two sizes".formatted(storage.key()));
            }
            return storage;
        }
    }
}
