package dev.engram.encoders.data;

import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.PictureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a folder of pictures, one sub-folder per class: classes in the order of the folder names, images in the order of the
 * file names within them (as torchvision's ImageFolder). Every picture is resized so that its shorter side fits a square, and the
 * square is cut from its centre.
 */
public final class ImageFolderReader {
    private ImageFolderReader() {}

    /**
     * What was read.
     *
     * @param images an image's id is its position among all files, unreadable ones included
     * @param files the file of each image, relative to the folder
     * @param unreadable the files that could not be read
     */
    public record Result(ImageSet images, List<String> files, List<Unreadable> unreadable) {}

    /** A file that is no whole picture, and why. */
    public record Unreadable(String file, String reason) {}

    private record Entry(Path file, int label) {}

    /**
     * @param side height and width of the resulting images
     * @throws IOException if there is no class folder, or not a single readable picture
     */
    public static Result read(String name, Path folder, int side) throws IOException {
        List<Path> classes = sorted(folder).stream().filter(Files::isDirectory).toList();
        List<Entry> entries = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : sorted(classes.get(label))) {
                if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")) {
                    entries.add(new Entry(file, label));
                }
            }
        }
        if (entries.isEmpty()) {
            throw new IOException(folder + ": holds no class folders with pictures");
        }
        List<String> classNames = classes.stream().map(path -> path.getFileName().toString()).toList();
        ImageSetBuilder builder = new ImageSetBuilder(name, new ImageShape(3, side, side), classNames, entries.size());
        List<String> files = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (int id = 0; id < entries.size(); id++) {
            Entry entry = entries.get(id);
            String file = folder.relativize(entry.file).toString();
            try {
                Picture picture = PictureFile.decode(Files.readAllBytes(entry.file));
                builder.add(square(picture, side).planes(), entry.label, id, List.of());
                files.add(file);
            } catch (IOException e) {
                unreadable.add(new Unreadable(file, e.getMessage()));
            }
        }
        if (files.isEmpty()) {
            throw new IOException("%s: none of %d files is a picture; the first, %s, %s"
                    .formatted(folder, entries.size(), unreadable.getFirst().file(), unreadable.getFirst().reason()));
        }
        return new Result(builder.build(), List.copyOf(files), List.copyOf(unreadable));
    }

    private static Picture square(Picture picture, int side) {
        int shorter = Math.min(picture.height(), picture.width());
        int top = (picture.height() - shorter) / 2;
        int left = (picture.width() - shorter) / 2;
        return picture.crop(top, left, shorter, shorter).resize(side, side);
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString())).toList();
        }
    }
}
