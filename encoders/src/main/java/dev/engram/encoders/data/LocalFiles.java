package dev.engram.encoders.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a folder, or one file. Links are followed, as data sets are often made of links.
 *
 * @param root the folder or the file
 */
public record LocalFiles(Path root) implements DataFiles {
    /** Folders first by their whole path, then files by name: the order of torchvision's ImageFolder. */
    public static final Comparator<Entry> ORDER = Comparator.comparing(Entry::folder).thenComparing(Entry::fileName);

    @Override
    public String place() {
        return root.toString();
    }

    @Override
    public List<Entry> list() throws IOException {
        if (!Files.exists(root)) {
            throw new NoSuchFileException(root.toString());
        }
        if (!Files.isDirectory(root)) {
            return List.of(new Entry(root.getFileName().toString(), Files.size(root)));
        }
        try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> new Entry(name(path), path.toFile().length()))
                    .filter(entry -> !("/" + entry.name()).contains("/."))
                    .sorted(ORDER)
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(Files.isDirectory(root) ? root.resolve(name) : root);
    }

    private String name(Path path) {
        return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
