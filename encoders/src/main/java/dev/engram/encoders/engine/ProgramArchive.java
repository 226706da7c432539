package dev.engram.encoders.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The smallest archive that the engine accepts as a TorchScript module: a stored zip with one class and no state. */
final class ProgramArchive {
    private static final String HEADER = "class Program(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";
    /** Lines before the first line of the methods. */
    static final int HEADER_LINES = 4;
    /** Pickle, protocol 2: an object {@code __torch__.Program} whose state is {@code {"training": True}}. */
    private static final String MODULE = "\u0080\u0002c__torch__\nProgram\n)\u0081}(X\u0008\0\0\0training\u0088ub.";
    /** Pickle, protocol 2: the empty tuple. */
    private static final String NO_CONSTANTS = "\u0080\u0002).";
    /** With an older version, operators would be read with their old signatures. */
    private static final String VERSION = "10\n";

    private ProgramArchive() {}

    static byte[] of(String methods) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
        entries.put("code/__torch__.py", (HEADER + methods.indent(2)).getBytes(StandardCharsets.UTF_8));
        entries.put("constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
        entries.put("version", VERSION.getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(stored("program/" + entry.getKey(), entry.getValue()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive.toByteArray();
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        return entry;
    }
}
