package dev.engram.encoders.checkpoint;

import dev.engram.encoders.checkpoint.pickle.PickleReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code torch.save} writes since PyTorch 1.6: a zip file with one folder, in it {@code data.pkl}, and {@code data/KEY} for every
 * storage. Layout: {@code torch/serialization.py}, {@code _save}.
 */
final class TorchZip {
    private static final String PICKLE = "data.pkl";

    private final MappedFile file;
    private final ZipFileReader zip;
    private final String folder;

    private TorchZip(MappedFile file, ZipFileReader zip, String folder) {
        this.file = file;
        this.zip = zip;
        this.folder = folder;
    }

    static WeightsContent read(MappedFile file, MemoryBudget budget) {
        ZipFileReader zip = new ZipFileReader(file, budget);
        List<ZipEntry> pickles = zip.entries().values().stream()
                .filter(entry -> entry.name().equals(PICKLE) || entry.name().endsWith("/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw file.corrupt(0, "a zip file with %d entries named %s: torch.save did not write it".formatted(pickles.size(), PICKLE));
        }
        ZipEntry pickle = pickles.getFirst();
        String folder = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
        TorchZip torch = new TorchZip(file, zip, folder);
        torch.requireLittleEndian();
        PickleReader reader =
                new PickleReader(file.name() + ", entry " + pickle.name(), zip.content(pickle), 0, budget, new TorchClasses());
        Object root = reader.read();
        return new WeightsContent(StateFinder.find(root, torch::storage, budget), WeightsContent.names(reader.foreign()));
    }

    private void requireLittleEndian() {
        zip.find(folder + "byteorder").ifPresent(entry -> {
            MemorySegment content = zip.content(entry);
            byte[] bytes = content.asSlice(0, Math.min(16, content.byteSize())).toArray(ValueLayout.JAVA_BYTE);
            String order = new String(bytes, StandardCharsets.ISO_8859_1).strip();
            if (!order.equals("little")) {
                throw file.corrupt(entry.header(), "its elements are in byte order \"%s\", only little is read".formatted(order));
            }
        });
    }

    private StoredBytes storage(TorchStorage storage) {
        String name = folder + "data/" + storage.key();
        ZipEntry entry = zip.find(name).orElseThrow(() -> file.corrupt(file.size(), "storage " + name + " is missing"));
        long needed = storage.kept() * storage.elementBytes();
        if (entry.size() < needed) {
            throw file.corrupt(entry.header(), "storage %s has %d bytes, not %d".formatted(name, entry.size(), needed));
        }
        return () -> zip.content(entry);
    }
}
