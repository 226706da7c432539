package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebDatasetTest {
    @TempDir
    Path folder;

    @Test
    void samplesAreEntriesWithOneKeyInTheOrderOfTheShards() throws IOException {
        write("b.tar", new TarBytes().file("c.jpg", bytes("C")).file("c.cls", bytes("7\n")));
        write("a.tar", new TarBytes()
                .file("x/1.json", bytes("{}")).file("x/1.PNG", bytes("1")).file("x/1.cls", bytes("2"))
                .file("x/2.cls", bytes("0")).file("x/2.jpeg", bytes("2")));
        RecordedImages read = new RecordedImages();
        assertEquals(8, source().read(read).size());
        assertEquals(
                List.of("a.tar/x/1.PNG 2 0", "a.tar/x/2.jpeg 0 1", "b.tar/c.jpg 7 2"),
                read.origins.stream().map(origin -> origin.file() + " " + origin.label() + " " + origin.id()).toList());
        assertEquals("2", new String(read.files.get(1), StandardCharsets.UTF_8));
        assertEquals(List.of("a", "b", "c"), new WebDataset(new LocalFiles(folder.resolve("a.tar")), List.of("a", "b", "c"))
                .read(new RecordedImages()));
    }

    @Test
    void whatIsNoLabelledPictureIsNamed() throws IOException {
        write("s.tar", new TarBytes()
                .file("1.jpg", bytes("1")).file("2.cls", bytes("1")).file("3.jpg", bytes("3")).file("3.cls", bytes("cat"))
                .file("4.png", bytes("4")).file("4.cls", bytes("999999")).file("5.png", bytes("5")).file("5.cls", bytes("3"))
                .file("6.png", bytes("6")).file("6.cls", bytes("0")));
        RecordedImages read = new RecordedImages();
        new WebDataset(new LocalFiles(folder), List.of("a", "b", "c")).read(read);
        assertEquals(
                List.of(
                        "s.tar/1.jpg: has no label (.cls)",
                        "s.tar/2: has no picture (.jpg, .jpeg, .png)",
                        "s.tar/3.jpg: .cls holds no number from 0 to 99999",
                        "s.tar/4.png: .cls holds no number from 0 to 99999",
                        "s.tar/5.png: label 3, but there are 3 classes"),
                read.unreadable);
        assertEquals(5, read.origins.getFirst().id());
    }

    @Test
    void longNamesNamesThatClimbAndOtherEntriesAreOnlyNames() throws IOException {
        String name = "d/".repeat(70) + "7.jpg";
        String record = " path=" + name + "\n";
        int length = record.length() + 3;
        write("s.tar", new TarBytes()
                .entry("x", 'x', bytes(length + record)).file("cut", bytes("L")).file("d/".repeat(70).substring(0, 90), bytes(""))
                .entry("link", '2', bytes("")).entry("dir", '5', bytes(""))
                .entry("././@LongLink", 'L', bytes("../../" + name + "\0")).file("cut", bytes("G"))
                .file("../../etc/e.jpg", bytes("E")).file("../../etc/e.cls", bytes("1")));
        RecordedImages read = new RecordedImages();
        source().read(read);
        assertEquals("s.tar/../../etc/e.jpg", read.origins.getFirst().file());
        assertEquals(
                List.of("s.tar/" + name + ": has no label (.cls)", "s.tar/../../" + name + ": has no label (.cls)"), read.unreadable);
    }

    @Test
    void falseSizesCostNoMemory() throws IOException {
        write("s.tar", new TarBytes().header("x", 'x', 1L << 32, bytes("")));
        assertTrue(assertThrows(CorruptFileException.class, () -> source().read(new RecordedImages()))
                .getMessage().contains("a header of 4294967296 bytes"));
        write("s.tar", new TarBytes().header("1.jpg", '0', 8_000_000_000L, new byte[700]));
        CorruptFileException cut = assertThrows(CorruptFileException.class, () -> source().read(new RecordedImages()));
        assertEquals("s.tar", cut.file());
        assertEquals(512 + 700 + 1024, cut.offset());
        assertThrows(EmptySourceException.class, () -> new WebDataset(new LocalFiles(Files.createDirectory(folder.resolve("none"))), List.of())
                .read(new RecordedImages()));
    }

    /** 3,000 changed archives: samples, or an error that names the archive. */
    @Test
    void changedArchivesAreSamplesOrAnError() throws IOException {
        byte[] tar = new TarBytes().entry("x", 'x', bytes("17 path=1/2.jpg\n ")).file("a", bytes("1")).file("1/2.cls", bytes("1"))
                .entry("L", 'L', bytes("long.jpg\0")).file("b", bytes("2")).file("long.cls", bytes("3")).bytes();
        Random random = new Random(5);
        int errors = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] changed = i % 5 == 0 ? Arrays.copyOf(tar, random.nextInt(tar.length)) : tar.clone();
            for (int flips = random.nextInt(4); flips > 0 && changed.length > 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Files.write(folder.resolve("s.tar"), changed);
            try {
                source().read(new RecordedImages());
            } catch (CorruptFileException e) {
                assertEquals("s.tar", e.file());
                errors++;
            }
        }
        assertTrue(errors > 300 && errors < 3000, "" + errors);
    }

    private WebDataset source() {
        return new WebDataset(new LocalFiles(folder), List.of());
    }

    private void write(String name, TarBytes tar) throws IOException {
        Files.write(folder.resolve(name), tar.bytes());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
