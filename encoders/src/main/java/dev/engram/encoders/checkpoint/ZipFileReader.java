package dev.engram.encoders.checkpoint;

import dev.engram.encoders.file.CorruptFileException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The entries of a zip or zip64 file. Stored content is a slice of the mapped file; deflated content is unpacked into memory that the
 * {@link MemoryBudget} allows. Nothing is ever written to a disk, so names are only names. A name that comes twice is refused: what
 * one reader takes for the content, another would not.
 *
 * <p>Format: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3.
 */
final class ZipFileReader {
    private static final int END_BYTES = 22;
    private static final long END_SIGNATURE = 0x06054b50L;
    private static final long END64_SIGNATURE = 0x06064b50L;
    private static final long LOCATOR_SIGNATURE = 0x07064b50L;
    private static final int LOCATOR_BYTES = 20;
    private static final long ENTRY_SIGNATURE = 0x02014b50L;
    private static final int ENTRY_BYTES = 46;
    private static final long LOCAL_SIGNATURE = 0x04034b50L;
    private static final int LOCAL_BYTES = 30;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long IN_EXTRA = 0xffffffffL;
    private static final int ZIP64_EXTRA = 1;
    private static final int ENCRYPTED = 1;
    /** Heap of a name, an entry and its place in a map, besides the characters. */
    private static final int ENTRY_COST = 200;

    private final MappedFile file;
    private final MemoryBudget budget;
    private final SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();
    private final Map<String, MemorySegment> unpacked = new LinkedHashMap<>();

    /** @throws CorruptFileException if the directory is none */
    ZipFileReader(MappedFile file, MemoryBudget budget) {
        this.file = file;
        this.budget = budget;
        readDirectory(findEnd());
    }

    /** In the order of the directory. */
    SequencedMap<String, ZipEntry> entries() {
        return entries;
    }

    Optional<ZipEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /**
     * The content of an entry, its CRC-32 checked where there is one.
     *
     * @throws CorruptFileException if it is not what the directory says
     */
    synchronized MemorySegment content(ZipEntry entry) {
        MemorySegment known = unpacked.get(entry.name());
        if (known != null) {
            return known;
        }
        MemorySegment raw = raw(entry);
        MemorySegment content = entry.method() == ZipEntry.STORED ? raw : inflate(entry, raw);
        checkCrc(entry, content);
        unpacked.put(entry.name(), content);
        return content;
    }

    private MemorySegment raw(ZipEntry entry) {
        long header = entry.header();
        if (file.unsignedInt(header) != LOCAL_SIGNATURE) {
            throw file.corrupt(header, "no entry begins here, but the directory says that %s does".formatted(entry.name()));
        }
        long start = header + LOCAL_BYTES + file.unsignedShort(header + 26) + file.unsignedShort(header + 28);
        return file.slice(start, entry.compressed());
    }

    private MemorySegment inflate(ZipEntry entry, MemorySegment raw) {
        budget.charge(entry.size(), entry.header());
        if (entry.size() > Integer.MAX_VALUE - 8 || raw.byteSize() > Integer.MAX_VALUE) {
            throw file.corrupt(entry.header(), entry.name() + " is compressed and larger than 2 GiB");
        }
        byte[] content = new byte[(int) entry.size()];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(raw.asByteBuffer());
            int done = 0;
            while (done < content.length) {
                int count = inflater.inflate(content, done, content.length - done);
                if (count == 0 && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                done += count;
            }
            if (done < content.length || !isAtEnd(inflater)) {
                throw file.corrupt(entry.header(), "%s does not unpack to %d bytes".formatted(entry.name(), entry.size()));
            }
        } catch (DataFormatException e) {
            throw file.corrupt(entry.header(), "%s cannot be unpacked: %s".formatted(entry.name(), e.getMessage()));
        } finally {
            inflater.end();
        }
        return MemorySegment.ofArray(content);
    }

    private static boolean isAtEnd(Inflater inflater) throws DataFormatException {
        return inflater.finished() || inflater.inflate(new byte[1]) == 0 && inflater.finished();
    }

    private void checkCrc(ZipEntry entry, MemorySegment content) {
        if (entry.crc() == 0) {
            return;
        }
        CRC32 crc = new CRC32();
        long chunk = 1 << 26;
        for (long from = 0; from < content.byteSize(); from += chunk) {
            crc.update(content.asSlice(from, Math.min(chunk, content.byteSize() - from)).asByteBuffer());
        }
        if (crc.getValue() != entry.crc()) {
            throw file.corrupt(entry.header(), "%s has CRC-32 %08x, not %08x: the file is damaged"
                    .formatted(entry.name(), crc.getValue(), entry.crc()));
        }
    }

    /** The directory's record at the end of the file, behind which only a comment may stand. */
    private long findEnd() {
        long last = file.size() - END_BYTES;
        for (long at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
            if (file.unsignedInt(at) == END_SIGNATURE && at + END_BYTES + file.unsignedShort(at + 20) == file.size()) {
                return at;
            }
        }
        throw file.corrupt(file.size(), "a zip file that ends without its directory: it is cut short");
    }

    private void readDirectory(long end) {
        long count = file.unsignedShort(end + 10);
        long size = file.unsignedInt(end + 12);
        long start = file.unsignedInt(end + 16);
        long limit = end;
        if (end >= LOCATOR_BYTES && file.unsignedInt(end - LOCATOR_BYTES) == LOCATOR_SIGNATURE) {
            long end64 = file.longAt(end - LOCATOR_BYTES + 8);
            if (file.unsignedInt(end64) != END64_SIGNATURE) {
                throw file.corrupt(end64, "the zip64 directory does not begin here");
            }
            count = file.longAt(end64 + 32);
            size = file.longAt(end64 + 40);
            start = file.longAt(end64 + 48);
            limit = end64;
        }
        if (start < 0 || size < 0 || start > limit || size > limit - start || count < 0 || count > size / ENTRY_BYTES) {
            throw file.corrupt(end, "a directory of %d entries in %d bytes at byte %d does not fit".formatted(count, size, start));
        }
        long at = start;
        for (long i = 0; i < count; i++) {
            at = readEntry(at, start + size);
        }
    }

    private long readEntry(long at, long limit) {
        if (limit - at < ENTRY_BYTES || file.unsignedInt(at) != ENTRY_SIGNATURE) {
            throw file.corrupt(at, "no entry of the directory begins here");
        }
        int flags = file.unsignedShort(at + 8);
        int method = file.unsignedShort(at + 10);
        int nameLength = file.unsignedShort(at + 28);
        int extraLength = file.unsignedShort(at + 30);
        long next = at + ENTRY_BYTES + nameLength + extraLength + file.unsignedShort(at + 32);
        if (next > limit) {
            throw file.corrupt(at, "an entry reaches beyond the directory");
        }
        budget.charge(ENTRY_COST + 2L * nameLength, at);
        byte[] name = file.slice(at + ENTRY_BYTES, nameLength).toArray(ValueLayout.JAVA_BYTE);
        String text = new String(name, StandardCharsets.UTF_8);
        if ((flags & ENCRYPTED) != 0 || method != ZipEntry.STORED && method != ZipEntry.DEFLATED) {
            throw file.corrupt(at, "%s is encrypted or packed by method %d, which PyTorch does not write".formatted(text, method));
        }
        ZipEntry entry = sizes(at, text, method, at + ENTRY_BYTES + nameLength, extraLength);
        if (entry.method() == ZipEntry.STORED && entry.compressed() != entry.size()) {
            throw file.corrupt(at, "%s is stored and has two sizes, %d and %d".formatted(text, entry.compressed(), entry.size()));
        }
        if (entries.put(text, entry) != null) {
            throw file.corrupt(at, "the name %s comes twice".formatted(text));
        }
        return next;
    }

    /** Sizes and position; those that do not fit 32 bits are in the zip64 extra field, in this order. */
    private ZipEntry sizes(long at, String name, int method, long extra, int extraLength) {
        long[] values = {file.unsignedInt(at + 24), file.unsignedInt(at + 20), file.unsignedInt(at + 42)};
        long field = extra;
        long end = extra + extraLength;
        while (end - field >= 4) {
            int id = file.unsignedShort(field);
            long length = file.unsignedShort(field + 2);
            long value = field + 4;
            if (length > end - value) {
                break;
            }
            for (int i = 0; id == ZIP64_EXTRA && i < values.length; i++) {
                if (values[i] == IN_EXTRA && field + 4 + length - value >= Long.BYTES) {
                    values[i] = file.longAt(value);
                    value += Long.BYTES;
                }
            }
            field += 4 + length;
        }
        if (values[0] < 0 || values[1] < 0 || values[2] < 0) {
            throw file.corrupt(at, "%s has sizes that no file can have".formatted(name));
        }
        return new ZipEntry(name, method, file.unsignedInt(at + 16), values[1], values[0], values[2]);
    }
}
