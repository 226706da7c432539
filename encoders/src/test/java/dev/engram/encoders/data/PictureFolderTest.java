package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
    private static final String ANNOTATION = """
            <annotation><folder>n1</folder><size><width>50</width></size>
              <object><name>n1</name><bndbox><xmin>3</xmin><ymin> 4 </ymin><xmax>20</xmax><ymax>30</ymax></bndbox></object>
              <object><bndbox><xmin>0</xmin><ymin>0</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>
            """;

    @TempDir
    Path folder;

    @Test
    void classesAreTheFirstFoldersImagesComeInTheOrderOfTheirPaths() throws IOException {
        for (String name : List.of("dog/2.png", "dog/10.jpg", "cat/x/a.png", "cat/b.png", "readme.txt", "dog/.hidden", ".git/x.png")) {
            write(name, name);
        }
        RecordedImages read = new RecordedImages();
        assertEquals(List.of("cat", "dog"), source(Optional.empty(), BoxIndex.NONE).read(read));
        assertEquals(
                List.of("cat/b.png 0 0", "cat/x/a.png 0 1", "dog/10.jpg 1 2", "dog/2.png 1 3"),
                read.origins.stream().map(origin -> origin.file() + " " + origin.label() + " " + origin.id()).toList());
        assertEquals("cat/x/a.png", new String(read.files.get(1)));
    }

    @Test
    void aTableSaysTheClassesAndABoxTableTheBoxes() throws IOException {
        write("images/a.jpg", "a");
        write("images/b.jpg", "b");
        write("images/c.jpg", "c");
        Path table = folder.resolve("t.csv");
        Files.writeString(table, "file,class,head_xmin,head_ymin,head_xmax,head_ymax\r\nb.jpg,\"cat, big\",1,2,3,4\n\na.jpg,ant,,,,\nb.jpg,\"cat, big\",-5,0,2,9\n");
        RecordedImages read = new RecordedImages();
        BoxIndex boxes = BoxIndex.csv(new LocalFiles(table), "head_");
        assertEquals(List.of("ant", "cat, big"), source(Optional.of(new LocalFiles(table)), boxes).read(read));
        assertEquals(List.of("images/a.jpg", "images/b.jpg"), read.origins.stream().map(ImageSink.Origin::file).toList());
        assertEquals(List.of(), read.origins.get(0).boxes());
        assertEquals(List.of(new Box(1, 2, 3, 4), new Box(0, 0, 2, 9)), read.origins.get(1).boxes());
        assertTrue(message(() -> BoxIndex.csv(new LocalFiles(table), "body_")).contains("no column \"body_xmin\""));
        Files.writeString(table, "file,class\na.jpg,x\na.jpg,y\nb.jpg\n");
        assertTrue(message(() -> source(Optional.of(new LocalFiles(table)), BoxIndex.NONE).read(read)).contains("line 4 has 1 fields"));
        Files.writeString(table, "file,class\na.jpg,x\na.jpg,y\n");
        assertTrue(message(() -> source(Optional.of(new LocalFiles(table)), BoxIndex.NONE).read(read)).contains("line 3: a.jpg"));
    }

    @Test
    void vocAnnotationsGiveBoxesByTheNameOfTheirPicture() throws IOException {
        write("voc/n1/n1_7.xml", ANNOTATION);
        BoxIndex boxes = BoxIndex.voc(new LocalFiles(folder.resolve("voc")));
        assertEquals(
                List.of(new Box(3, 4, 20, 30), new Box(0, 0, 9, 9)), boxes.of(new DataFiles.Entry("n1/n1_7.JPEG", 1)));
        assertEquals(List.of(), boxes.of(new DataFiles.Entry("n1/n1_8.JPEG", 1)));
    }

    /** PASCAL's person layout has boxes of heads, hands and feet inside of those of people. */
    @Test
    void partsOfObjectsAreNoBoxesOfTheirOwn() throws IOException {
        String head = "<part><name>head</name><bndbox><xmin>5</xmin><ymin>6</ymin><xmax>7</xmax><ymax>8</ymax></bndbox></part>";
        write("voc/a.xml", ANNOTATION.replace("</object>", head + "</object>").replace("<object>", "<object>" + head));
        assertEquals(
                List.of(new Box(3, 4, 20, 30), new Box(0, 0, 9, 9)),
                BoxIndex.voc(new LocalFiles(folder.resolve("voc"))).of(new DataFiles.Entry("a.jpg", 1)));
    }

    @Test
    void annotationsReachNothingOutside() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "9");
        write("voc/a.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n" + ANNOTATION.replace(">20<", ">&x;<"));
        String message = message(() -> BoxIndex.voc(new LocalFiles(folder.resolve("voc"))));
        assertTrue(message.startsWith("a.xml: byte "), message);
        StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY e%d \"&e%d;&e%d;\">".formatted(i, i - 1, i - 1));
        }
        write("voc/a.xml", bomb + "]><annotation>&e29;</annotation>");
        assertThrows(CorruptFileException.class, () -> BoxIndex.voc(new LocalFiles(folder.resolve("voc"))));
    }

    /** 800 changed tables and annotations each: boxes, or an error that names the file. */
    @Test
    void changedTablesAndAnnotationsAreBoxesOrAnError() throws IOException {
        Random random = new Random(8);
        byte[] csv = "file,xmin,ymin,xmax,ymax\na.jpg,1,2,3,4\n\"b\"\".jpg\",1,2,30,40\n".getBytes();
        byte[] xml = ANNOTATION.getBytes();
        int errors = 0;
        for (int i = 0; i < 1600; i++) {
            byte[] changed = (i % 2 == 0 ? csv : xml).clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Path file = folder.resolve(i % 2 == 0 ? "t.csv" : "voc/a.xml");
            Files.createDirectories(file.getParent());
            Files.write(file, changed);
            try {
                if (i % 2 == 0) {
                    BoxIndex.csv(new LocalFiles(file), "");
                } else {
                    BoxIndex.voc(new LocalFiles(file.getParent()));
                }
            } catch (CorruptFileException | EmptySourceException e) {
                errors++;
            }
        }
        assertTrue(errors > 200, "" + errors);
    }

    @Test
    void aFolderWithoutClassesIsSaid() throws IOException {
        write("a.png", "a");
        EmptySourceException empty = assertThrows(
                EmptySourceException.class, () -> source(Optional.empty(), BoxIndex.NONE).read(new RecordedImages()));
        assertTrue(empty.getMessage().contains("no class folders"), empty.getMessage());
    }

    @Test
    void tinyImageNetHasClassesFromTrainAndBoxesOfBothParts() throws IOException {
        write("train/n2/images/n2_0.JPEG", "t2");
        write("train/n1/images/n1_0.JPEG", "t1");
        write("train/n1/images/n1_1.JPEG", "t1b");
        write("train/n1/n1_boxes.txt", "n1_0.JPEG\t0\t10\t63\t58\n");
        write("val/images/val_0.JPEG", "v0");
        write("val/images/val_1.JPEG", "v1");
        write("val/val_annotations.txt", "val_0.JPEG\tn2\t1\t2\t3\t4\n");
        write("words.txt", "n1\tgoldfish, Carassius\nn2\ttoad\n");
        write("wnids.txt", "n2\nn1\n");
        RecordedImages read = new RecordedImages();
        assertEquals(
                List.of("goldfish (n1)", "toad (n2)"), new TinyImageNet(new LocalFiles(folder), TinyImageNet.Part.ALL).read(read));
        assertEquals(
                List.of(
                        "train/n1/images/n1_0.JPEG 0 0 [Box[xmin=0, ymin=10, xmax=64, ymax=59]]",
                        "train/n1/images/n1_1.JPEG 0 1 []",
                        "train/n2/images/n2_0.JPEG 1 2 []",
                        "val/images/val_0.JPEG 1 3 [Box[xmin=1, ymin=2, xmax=4, ymax=5]]"),
                read.origins.stream()
                        .map(origin -> "%s %d %d %s".formatted(origin.file(), origin.label(), origin.id(), origin.boxes()))
                        .toList());
        assertEquals(List.of("val/images/val_1.JPEG: is not in val/val_annotations.txt"), read.unreadable);
        RecordedImages val = new RecordedImages();
        new TinyImageNet(new LocalFiles(folder), TinyImageNet.Part.VAL).read(val);
        assertEquals(3, val.origins.getFirst().id());
    }

    private PictureFolder source(Optional<DataFiles> table, BoxIndex boxes) {
        return new PictureFolder(new LocalFiles(folder), table, boxes);
    }

    private void write(String file, String content) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), content);
    }

    private static String message(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(CorruptFileException.class, call).getMessage();
    }
}
