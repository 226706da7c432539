package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.PictureFile;
import dev.engram.encoders.image.Png;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderReaderTest {
    @TempDir
    Path folder;

    @Test
    void classesAreFoldersAndBrokenFilesAreListed() throws IOException {
        byte[] png = Png.encode(filled(4, 6, 90));
        byte[] jpeg = jpeg(8, 8);
        write("dog/2.png", png);
        write("dog/10.jpg", jpeg);
        write("cat/a.png", Png.encode(filled(5, 5, 10)));
        write("cat/cut.png", Arrays.copyOf(png, png.length - 20));
        write("dog/cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2));
        write("dog/text.png", "no picture".getBytes());
        write("dog/.hidden", new byte[3]);
        write("readme.txt", new byte[3]);
        ImageFolderReader.Result result = ImageFolderReader.read("pets", folder, 4);
        assertEquals(List.of("cat", "dog"), result.images().classNames());
        assertEquals(List.of("cat/a.png", "dog/10.jpg", "dog/2.png"), result.files());
        assertArrayEquals(new int[] {0, 1, 1}, result.images().labels());
        assertArrayEquals(new int[] {0, 2, 3}, result.images().ids(new int[] {0, 1, 2}));
        assertEquals(90, result.images().image(2).get(0));
        List<ImageFolderReader.Unreadable> unreadable = result.unreadable();
        assertEquals(List.of("cat/cut.png", "dog/cut.jpg", "dog/text.png"), unreadable.stream().map(u -> u.file()).toList());
        assertTrue(unreadable.get(1).reason().contains("cut short"), unreadable.toString());
        assertTrue(unreadable.get(2).reason().contains("no PNG or JPEG"), unreadable.toString());
    }

    @Test
    void theMiddleOfALongPictureIsKept() throws IOException {
        byte[] planes = new byte[3 * 2 * 6];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) (i % 6 * 10);
        }
        write("only/long.png", Png.encode(new Picture(3, 2, 6, planes)));
        ImageSet images = ImageFolderReader.read("long", folder, 2).images();
        byte[] image = new byte[12];
        images.image(0).get(image);
        assertArrayEquals(new byte[] {20, 30, 20, 30, 20, 30, 20, 30, 20, 30, 20, 30}, image);
    }

    @Test
    void everyTruncationOfAPictureIsAnError() throws IOException {
        for (byte[] file : List.of(jpeg(8, 8), Png.encode(filled(3, 3, 1)))) {
            for (int length = 0; length < file.length; length++) {
                byte[] cut = Arrays.copyOf(file, length);
                assertThrows(IOException.class, () -> PictureFile.decode(cut), "length " + length + " of " + file.length);
            }
        }
    }

    @Test
    void anEmptyOrUnreadableFolderIsSaid() throws IOException {
        assertThrows(IOException.class, () -> ImageFolderReader.read("none", folder, 4));
        write("a/b.png", new byte[7]);
        String message = assertThrows(IOException.class, () -> ImageFolderReader.read("none", folder, 4)).getMessage();
        assertTrue(message.contains("none of 1 files is a picture; the first, a/b.png"), message);
    }

    private void write(String file, byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.write(folder.resolve(file), bytes);
    }

    private static Picture filled(int height, int width, int value) {
        byte[] planes = new byte[3 * height * width];
        Arrays.fill(planes, (byte) value);
        return new Picture(3, height, width, planes);
    }

    private static byte[] jpeg(int height, int width) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", out);
        return out.toByteArray();
    }
}
